package account_test

import (
	"fmt"
	"strings"
	"testing"

	"trestle/server/account"
	"trestle/server/who"
)

func TestOwnKeys(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v, other := h.person("ana", who.Member), h.person("bo", who.Member)
		ana := h.as(v)
		mine := func(of *visitor) account.OwnKeys {
			var me account.Me
			of.must(200, "GET", "/me", nil).json(t, &me)
			return me.Keys
		}
		if k := mine(ana); !k.Singles || k.Own == nil || len(k.Own) != 0 {
			t.Fatalf("by default %+v", k)
		}
		swap := map[string]any{"singles": true, "own": map[string]string{"m": "v", "v": "m", "x": "Shift+x", "#": "ß", "e": "e"}}
		ana.must(200, "PUT", "/me/keys", swap)
		want := "map[#:ß m:v v:m x:Shift+x]" // what is as by default is not kept
		if k := mine(ana); fmt.Sprint(k.Own) != want {
			t.Fatalf("%+v", k)
		}
		if k := mine(h.as(other)); len(k.Own) != 0 {
			t.Fatalf("somebody else has %+v", k)
		}
		heard := h.events("me:" + v.PersonID)
		ana.must(200, "PUT", "/me/keys", swap)
		many := map[string]string{}
		for i := range 101 {
			many[string(rune(0x4e00+i))] = string(rune(0x5e00 + i))
		}
		for name, own := range map[string]map[string]string{
			"two of one": {"m": "v", "b": "v"}, "a word": {"m": "Escape"}, "nothing": {"m": ""}, "a space": {"m": " "},
			"unseen": {"m": "\u0007"}, "from a word": {"Enter": "v"}, "with Control": {"m": "Ctrl+v"}, "too many": many,
		} {
			if a := ana.must(422, "PUT", "/me/keys", map[string]any{"singles": true, "own": own}); !strings.Contains(a.body, "body.own") {
				t.Errorf("%s: %s", name, a.body)
			}
		}
		ana.must(422, "PUT", "/me/keys", map[string]any{"own": map[string]string{}})
		ana.must(422, "PUT", "/me/keys", map[string]any{"singles": true, "own": nil})
		if k := mine(ana); fmt.Sprint(k.Own) != want || h.events("me:"+v.PersonID) != heard {
			t.Fatalf("after what was refused and the same again: %+v", k)
		}
		ana.must(200, "PUT", "/me/keys", map[string]any{"singles": false, "own": map[string]string{}})
		if k := mine(ana); k.Singles || len(k.Own) != 0 || h.events("me:"+v.PersonID) == heard {
			t.Fatalf("%+v", k)
		}
	})
}
