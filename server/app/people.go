package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"text/tabwriter"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/port"
	"trestle/server/store"
	"trestle/server/who"
)

// NewUser is a person to be added from the command line.
type NewUser struct{ Email, Name, Role, Discipline, Password string }

// NewToken is a token to be made from the command line.
type NewToken struct {
	Email, Name string
	Scopes      []string
	Expires     time.Duration // 0: until it is revoked
}

// ImportOptions are what `trestle import` was asked for.
type ImportOptions struct {
	File, Team, Source string
	As                 string // e-mail of the person who imports; empty: the first administrator
	DryRun             bool
}

// inHouse opens the record and the rooms for one command, also beside a running server, whose listeners hear
// of a change within fifteen seconds.
func inHouse(ctx context.Context, cfg Config, fn func(ctx context.Context, r *rooms, cfg *Config) error) error {
	st, err := openStore(ctx, &cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	log, err := cfg.logger()
	if err != nil {
		return err
	}
	return fn(store.As(ctx, "", "Command line"), newRooms(st, &cfg, log, ""), &cfg)
}

func (r *rooms) byEmail(ctx context.Context, email string) (account.Listed, error) {
	p, err := r.accounts.ByEmail(ctx, email)
	if fault.Is(err, "not_found") {
		return p, fmt.Errorf("nobody has the address %s; trestle user list shows everybody", email)
	}
	return p, err
}

// UserAdd adds a person.
func UserAdd(ctx context.Context, cfg Config, n NewUser) error {
	return inHouse(ctx, cfg, func(ctx context.Context, r *rooms, cfg *Config) error {
		p, err := r.accounts.CreatePerson(ctx, account.NewPerson{Email: n.Email, Name: n.Name, Role: n.Role, Discipline: n.Discipline, Password: n.Password})
		if err == nil {
			fmt.Fprintf(cfg.Out, "added %s, %s\n", p.Name, n.Role)
		}
		return err
	})
}

// UserList prints everybody.
func UserList(ctx context.Context, cfg Config) error {
	return inHouse(ctx, cfg, func(ctx context.Context, r *rooms, cfg *Config) error {
		all, err := r.accounts.Everybody(ctx)
		if err != nil {
			return err
		}
		sort.Slice(all, func(i, j int) bool { return all[i].Email < all[j].Email })
		w := tabwriter.NewWriter(cfg.Out, 0, 0, 2, ' ', 0)
		for _, p := range all {
			state := ""
			if p.DisabledAt != nil {
				state = "disabled " + p.DisabledAt.Format(time.DateOnly)
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", p.Email, p.Name, p.Role, p.Discipline, state)
		}
		return w.Flush()
	})
}

// UserPassword sets a person's password and ends their sessions.
func UserPassword(ctx context.Context, cfg Config, email, password string) error {
	return amend(ctx, cfg, email, account.PersonPatch{Password: &password}, "has a new password; every sign-in of theirs has ended")
}

// UserDisable disables a person; their sessions and tokens end.
func UserDisable(ctx context.Context, cfg Config, email string) error {
	yes := true
	return amend(ctx, cfg, email, account.PersonPatch{Disabled: &yes}, "is disabled; every sign-in and token of theirs has ended")
}

func amend(ctx context.Context, cfg Config, email string, patch account.PersonPatch, said string) error {
	return inHouse(ctx, cfg, func(ctx context.Context, r *rooms, cfg *Config) error {
		p, err := r.byEmail(ctx, email)
		if err != nil {
			return err
		}
		if _, err := r.accounts.AmendPerson(ctx, p.ID, patch); err != nil {
			return err
		}
		fmt.Fprintf(cfg.Out, "%s %s\n", p.Name, said)
		return nil
	})
}

// TokenCreate makes a token and prints its secret, alone on its line so that a script can take it.
func TokenCreate(ctx context.Context, cfg Config, n NewToken) error {
	return inHouse(ctx, cfg, func(ctx context.Context, r *rooms, cfg *Config) error {
		p, err := r.byEmail(ctx, n.Email)
		if err != nil {
			return err
		}
		if p.DisabledAt != nil {
			return fmt.Errorf("%s is disabled", p.Name)
		}
		t := account.NewToken{Name: n.Name, Scopes: n.Scopes}
		if n.Expires > 0 {
			at := cfg.Clock.Now().Add(n.Expires)
			t.ExpiresAt = &at
		}
		made, err := r.accounts.IssueToken(ctx, p.ID, t)
		if err != nil {
			return err
		}
		fmt.Fprintln(cfg.Out, made.Secret)
		return nil
	})
}

// Import brings in a board and prints the report.
func Import(ctx context.Context, cfg Config, o ImportOptions) error {
	f, err := os.Open(o.File)
	if err != nil {
		return err
	}
	defer f.Close()
	return inHouse(ctx, cfg, func(ctx context.Context, r *rooms, cfg *Config) error {
		v, err := r.importer(ctx, o.As)
		if err != nil {
			return err
		}
		ctx = store.As(who.With(ctx, v), v.PersonID, v.Name)
		rep, err := r.port.Import(ctx, port.Request{Team: o.Team, Source: o.Source, DryRun: o.DryRun, File: f})
		if fault.Is(err, "not_found") {
			return fmt.Errorf("there is no team with the key %s", o.Team)
		}
		if err != nil {
			return err
		}
		printReport(cfg, rep)
		return nil
	})
}

// importer is in whose name an import happens.
func (r *rooms) importer(ctx context.Context, email string) (who.Viewer, error) {
	if email != "" {
		p, err := r.byEmail(ctx, email)
		return who.Viewer{PersonID: p.ID, Name: p.Name, Role: p.Role, Discipline: p.Discipline}, err
	}
	all, err := r.accounts.Everybody(ctx)
	if err != nil {
		return who.Viewer{}, err
	}
	for _, p := range all {
		if p.Role == who.Admin && p.DisabledAt == nil {
			return who.Viewer{PersonID: p.ID, Name: p.Name, Role: p.Role, Discipline: p.Discipline}, nil
		}
	}
	return who.Viewer{}, errors.New("there is no administrator yet in whose name to import; set the workspace up first")
}

func printReport(cfg *Config, rep port.Report) {
	what := "imported"
	if rep.DryRun {
		what = "dry run, nothing was changed:"
	}
	fmt.Fprintf(cfg.Out, "%s %q from %s\n", what, rep.BoardName, rep.Source)
	if rep.AlreadyThere > 0 {
		fmt.Fprintf(cfg.Out, "%d cards came with an earlier import and were left as they are\n", rep.AlreadyThere)
	}
	for _, part := range []struct {
		title string
		lines []port.Line
	}{{"kept", rep.Kept}, {"changed", rep.Changed}, {"dropped", rep.Dropped}} {
		if len(part.lines) == 0 {
			continue
		}
		fmt.Fprintf(cfg.Out, "%s\n", part.title)
		for _, l := range part.lines {
			why := ""
			if l.Why != "" {
				why = ": " + strings.TrimSpace(l.Why)
			}
			fmt.Fprintf(cfg.Out, "  %6d  %s%s\n", l.Count, l.What, why)
		}
	}
}
