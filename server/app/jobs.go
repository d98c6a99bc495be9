package app

import (
	"context"
	"time"

	"trestle/server/outbox"
	"trestle/server/port"
)

// job is housekeeping that runs at the start and then every so often.
type job struct {
	name  string
	every time.Duration
	run   func(ctx context.Context) error
}

func (a *App) housekeeping() []job {
	return []job{
		{"forget old commands", time.Hour, a.st.ForgetCommands},
		{"forget spent sign-ins", time.Hour, a.rooms.accounts.Tidy},
		{"forget old notices", time.Hour, a.rooms.notices.Tidy},
		{"close abandoned retros", time.Hour, a.rooms.retros.Sweep},
		{"call off forgotten health checks", time.Hour, a.rooms.health.Sweep},
		{"take away broken-off imports", time.Hour, func(ctx context.Context) error { return a.rooms.port.Sweep(ctx, port.Idle) }},
		{"sweep attachments", 6 * time.Hour, a.rooms.cards.SweepFiles},
		{"plan standups in writing", time.Hour, a.rooms.standups.PlanWritten},
		{"read on-call calendars", time.Hour, a.rooms.standups.ReadCalendars},
		{"read the history of boards in use", 24 * time.Hour, a.rooms.flow.Warm},
		{"tell on Monday how the week went", 15 * time.Minute, a.rooms.flow.Weeklies},
		{"tell in the morning what waits on desks", 5 * time.Minute, a.rooms.liaison.Mornings},
		{"forget finished jobs", time.Hour, func(ctx context.Context) error { return outbox.Forget(ctx, a.st) }},
	}
}

// work runs the outbox and the housekeeping until ctx ends.
func (a *App) work(ctx context.Context) {
	a.wg.Go(func() { a.outbox.Run(ctx) })
	for _, j := range a.housekeeping() {
		a.wg.Go(func() {
			// not in the first second: the start belongs to people
			next := time.NewTimer(time.Second)
			defer next.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-next.C:
				}
				if err := j.run(ctx); err != nil && ctx.Err() == nil {
					a.log.Warn("housekeeping failed", "job", j.name, "error", err)
				}
				next.Reset(j.every)
			}
		})
	}
}
