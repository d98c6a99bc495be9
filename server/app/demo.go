package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"trestle/seed"
	"trestle/server/account"
	"trestle/server/clock"
	"trestle/server/store"
)

// Seed fills an empty database with the demo workspace.
func Seed(ctx context.Context, cfg Config) error {
	cfg.fill()
	if err := cfg.Check(); err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return err
	}
	lock, err := lockData(cfg.Data)
	if err != nil {
		return fmt.Errorf("the demo goes into an empty database before anybody comes: %w", err)
	}
	defer lock.Close()
	if _, err := store.Migrate(ctx, cfg.storeOptions()); err != nil {
		return err
	}
	done, err := seedIfEmpty(ctx, &cfg)
	if err == nil && !done {
		err = errors.New("the database holds people already; the demo goes only into an empty one")
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(cfg.Out, "the demo workspace is in %s\n", cfg.dataShown())
	printAccounts(cfg)
	return nil
}

// seedIfEmpty tells the demo's story when nobody is here yet, and says whether it did.
//
// The story runs on a clock of its own, so on a store of its own, before anybody else has the record open. On
// SQLite that is another file, which takes the empty one's place when the story is whole: one that was broken
// off leaves nothing.
func seedIfEmpty(ctx context.Context, cfg *Config) (bool, error) {
	if n, err := countPeople(ctx, cfg.storeOptions()); err != nil || n > 0 {
		return false, err
	}
	begin := time.Now()
	fmt.Fprintf(cfg.Out, "seeding the demo workspace: %d weeks of five teams …\n", seed.Weeks)
	o := cfg.storeOptions()
	if cfg.DatabaseURL != "" {
		if err := tell(ctx, cfg, o); err != nil {
			return false, fmt.Errorf("the demo's story broke off; empty the database before trying again: %w", err)
		}
		return true, nil
	}
	const prefix = ".seed-"
	if old, err := filepath.Glob(filepath.Join(cfg.Data, prefix+"*")); err == nil {
		for _, dir := range old { // of one that was killed
			_ = os.RemoveAll(dir)
		}
	}
	work, err := os.MkdirTemp(cfg.Data, prefix)
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	o.Dir = work
	if _, err := store.Migrate(ctx, o); err != nil {
		return false, err
	}
	if err := tell(ctx, cfg, o); err != nil {
		return false, fmt.Errorf("the demo's story broke off: %w", err)
	}
	target := filepath.Join(cfg.Data, store.FileName)
	for _, old := range []string{target + "-wal", target + "-shm"} {
		if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
	}
	if err := os.Rename(filepath.Join(work, store.FileName), target); err != nil {
		return false, err
	}
	fmt.Fprintf(cfg.Out, "seeded in %.1f s\n", time.Since(begin).Seconds())
	return true, nil
}

func countPeople(ctx context.Context, o store.Options) (n int, err error) {
	st, err := store.Open(ctx, o)
	if err != nil {
		return 0, err
	}
	_, err = st.Rows(ctx).Row([]any{&n}, "SELECT COUNT(*) FROM people")
	return n, errors.Join(err, st.Close())
}

// tell runs the story and keeps its sign-ins.
func tell(ctx context.Context, cfg *Config, o store.Options) (err error) {
	log, err := cfg.logger()
	if err != nil {
		return err
	}
	clk := clock.NewFake(cfg.Clock.Now())
	o.Clock, o.Log = clk, log
	st, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	r := newRooms(st, cfg, log, "")
	if err := seed.Story(ctx, seed.Rooms{Store: st, Accounts: r.accounts, Teams: r.teams, Boards: r.boards, Cards: r.cards, Flow: r.flow, Asks: r.asks, Retros: r.retros, Health: r.health, Notices: r.notices,
		Standups: r.standups, Rituals: r.rituals, Calendar: r.calendar, Liaison: r.liaison,
		Services: r.services, Checklists: r.lists, Launches: r.launches}, clk, cfg.Clock.Now(), nil); err != nil {
		return err
	}
	var shown []account.DemoAccount
	for _, a := range seed.Accounts() {
		shown = append(shown, account.DemoAccount{Email: a.Email, Password: a.Password, Name: a.Name, Role: a.Role})
	}
	return r.accounts.WriteDemo(ctx, shown)
}

// printAccounts shows three ways in.
func printAccounts(cfg Config) {
	for i, a := range seed.Accounts() {
		if i == 3 {
			break
		}
		fmt.Fprintf(cfg.Out, "  %-20s %-16s %s, %s\n", a.Email, a.Password, a.Name, a.Role)
	}
}

// greet tells the person at the terminal where to go.
func (a *App) greet() {
	out := a.cfg.Out
	fmt.Fprintf(out, "\nTrestle %s is at %s\ndata in %s\n", Version(), a.URL(), a.cfg.dataShown())
	if m := a.MetricsAddr(); m != "" {
		fmt.Fprintf(out, "metrics at http://%s/metrics\n", m)
	}
	if a.demo {
		fmt.Fprintf(out, "demo sign-ins:\n")
		printAccounts(a.cfg)
	}
	fmt.Fprintln(out)
}
