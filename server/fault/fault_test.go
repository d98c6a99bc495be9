package fault_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"trestle/server/fault"
)

func TestFault_CauseStaysPrivate(t *testing.T) {
	cause := errors.New("disk sector 7")
	f := fault.Conflict("wip_limit", "Doing holds %d cards.", 3)
	with := f.Because(cause).With("max", 3)
	if !errors.Is(with, cause) || with.Detail != "Doing holds 3 cards." || with.Status != 409 || with.Extra["max"] != 3 {
		t.Errorf("%+v", with)
	}
	if f.Unwrap() != nil || f.Extra != nil {
		t.Error("the original changed")
	}
	a := with.With("name", "Doing")
	if with.Extra["name"] != nil || a.Extra["max"] != 3 {
		t.Error("two faults share their members")
	}
	wrapped := fmt.Errorf("moving: %w", a)
	if !fault.Is(wrapped, "wip_limit") || fault.Is(wrapped, "stale") || fault.Is(cause, "wip_limit") || fault.Is(nil, "wip_limit") {
		t.Error("Is")
	}
	if got, ok := fault.As(wrapped); !ok || got != a {
		t.Error("As")
	}
}

func TestFault_Kinds(t *testing.T) {
	for _, c := range []struct {
		f      *fault.Fault
		status int
		code   string
	}{
		{fault.NotFound("card"), 404, "not_found"}, {fault.Forbidden("No."), 403, "forbidden"}, {fault.Unauthenticated(), 401, "unauthenticated"},
		{fault.Invalid("body.title", "Too long"), 422, "invalid"}, {fault.Unavailable(time.Second, "Busy."), 503, "unavailable"},
	} {
		if c.f.Status != c.status || c.f.Code != c.code || c.f.Detail == "" || c.f.Error() == "" {
			t.Errorf("%+v", c.f)
		}
	}
	// a sentence without arguments is taken as it is
	if f := fault.Conflict("x", "100 % done, %d left"); f.Detail != "100 % done, %d left" {
		t.Error(f.Detail)
	}
	if f := fault.Invalid("body.a", "At most %d", 7); f.Fields[0].Location != "body.a" || f.Fields[0].Message != "At most 7" || f.Detail != "At most 7." || fault.Invalid("body.a", "No.").Detail != "No." {
		t.Errorf("%+v", f.Fields)
	}
}
