package catalogue

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/web"
	"trestle/server/who"
)

// Service is the verbs of the catalogue.
type Service struct {
	store *store.Store
	heirs Heirs
}

// New makes the room.
func New(st *store.Store) *Service { return &Service{store: st} }

// Heirs are what relies on services: it is told in the same write that one was put away or brought back.
type Heirs interface {
	ServiceArchivedIn(tx *store.Tx, serviceRID int64, name string, archived bool) error
}

// UseHeirs says who they are.
func (s *Service) UseHeirs(h Heirs) { s.heirs = h }

// seeing gives each service to a viewer with what they may do with it, and leaves out what they may not see.
func seeing(q *store.Query, v who.Viewer, found []ServiceItem) ([]ServiceItem, error) {
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return nil, err
	}
	rights := map[string]team.Rights{}
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	out := []ServiceItem{}
	for _, it := range found {
		if r, ok := rights[it.TeamID]; ok {
			out = append(out, it.as(r))
		}
	}
	return out, nil
}

func (it ServiceItem) as(r team.Rights) ServiceItem {
	it.MayLead, it.MayDescribe = r.CanLead(), r.CanWaive()
	return it
}

// See reads a service for a viewer: not_found when it is absent, or its team is not theirs to see.
func See(q *store.Query, v who.Viewer, id string) (ServiceItem, team.Rights, error) {
	found, err := read(q, "s.id = ?", id)
	if err != nil || len(found) == 0 {
		if err == nil {
			err = fault.NotFound("service")
		}
		return ServiceItem{}, team.Rights{}, err
	}
	_, r, err := team.See(q, v, found[0].TeamID)
	if fault.Is(err, "not_found") {
		err = fault.NotFound("service")
	}
	return found[0].as(r), r, err
}

// List gives the services that the viewer may see, of one team when it is named.
func (s *Service) List(ctx context.Context, teamID string, archived bool) (out []ServiceItem, err error) {
	where, args := "s.archived_at IS NULL", []any{}
	if archived {
		where = "s.archived_at IS NOT NULL"
	}
	if teamID != "" {
		where, args = where+" AND s.team_id = ?", append(args, teamID)
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		if teamID != "" {
			if _, _, err := team.See(q, who.From(ctx), teamID); err != nil {
				return err
			}
		}
		found, err := read(q, where, args...)
		if err != nil {
			return err
		}
		out, err = seeing(q, who.From(ctx), found)
		return err
	})
	return out, err
}

// Get reads one service.
func (s *Service) Get(ctx context.Context, id string) (ServiceItem, error) {
	it, _, err := See(s.store.Rows(ctx), who.From(ctx), id)
	return it, err
}

// NewService is a service to be added.
type NewService struct {
	TeamID         string `json:"teamId" minLength:"1" maxLength:"64"`
	Name           string `json:"name" minLength:"1" maxLength:"320"`
	Description    string `json:"description,omitempty" required:"false" maxLength:"16000"`
	Kind           string `json:"kind,omitempty" required:"false" enum:"digital,cots,foundational" default:"digital"`
	Criticality    string `json:"criticality,omitempty" required:"false" enum:"experimental,standard,critical" default:"standard"`
	OperatingModel string `json:"operatingModel,omitempty" required:"false" enum:"team,operations" default:"team"`
	ModelWhy       string `json:"operatingModelWhy,omitempty" required:"false" maxLength:"2000" doc:"Why it is run so. Must be said where operations runs it; at most 500 characters"`
	Links          []Link `json:"links,omitempty" required:"false" maxItems:"20"`
}

const mostOfTeam = 200

var needsWhy = fault.Invalid("body.operatingModelWhy", "Say why it is run so, for whoever reads it later")

// free refuses a name that another service of the team has, upper and lower case alike; what was put away does not
// count. It is asked under the lock of the team's topic, so that of two at once one is refused.
func free(q *store.Query, it *ServiceItem) error {
	taken := false
	err := q.Each(func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		taken = taken || strings.EqualFold(norm.NFC.String(name), norm.NFC.String(it.Name))
		return err
	}, "SELECT name FROM services WHERE team_id = ? AND archived_at IS NULL AND id <> ?", it.TeamID, it.ID)
	if err == nil && taken {
		err = fault.Conflict("service_name_taken", "This team has a service called “%s” already. Give one of them another name.", it.Name)
	}
	return err
}

// Create adds a service; for the leads of its team.
func (s *Service) Create(ctx context.Context, n NewService) (ServiceItem, error) {
	v := who.From(ctx)
	it := ServiceItem{ID: store.NewID("svc"), TeamID: n.TeamID, Name: n.Name, Description: n.Description, Kind: n.Kind, Criticality: n.Criticality,
		OperatingModel: n.OperatingModel, ModelWhy: n.ModelWhy, Links: slices.Clone(n.Links), Version: 1}
	if err := it.shape(); err != nil {
		return ServiceItem{}, err
	}
	if it.ModelWhy == "" && it.OperatingModel != ByTeam { // a script that adds what a team runs itself has no more to say
		return ServiceItem{}, needsWhy
	}
	if _, _, err := team.See(s.store.Rows(ctx), v, n.TeamID); err != nil { // before a topic is locked, which would make one
		return ServiceItem{}, err
	}
	return store.InTx(ctx, s.store, []string{event.TeamTopic(n.TeamID)}, func(tx *store.Tx) (ServiceItem, error) {
		t, r, err := team.See(tx.Query, v, n.TeamID)
		switch {
		case err != nil:
			return ServiceItem{}, err
		case !r.CanLead():
			return ServiceItem{}, fault.Forbidden("Only a lead of this team adds services to it.")
		}
		var there int
		if _, err := tx.Row([]any{&there}, "SELECT COUNT(*) FROM services WHERE team_id = ?", t.ID); err != nil {
			return ServiceItem{}, err
		}
		if there >= mostOfTeam {
			return ServiceItem{}, fault.Conflict("too_many_services", "A team has at most %d services.", mostOfTeam)
		}
		if err := free(tx.Query, &it); err != nil {
			return ServiceItem{}, err
		}
		it := it
		it.TeamKey, it.TeamName, it.CreatedAt = t.Key, t.Name, tx.Now
		if err := insert(tx, &it); err != nil {
			return ServiceItem{}, err
		}
		return it.as(r), tell(tx, it, serviceTold{Did: "added", Changes: beginnings(it)})
	})
}

// Patch is what changes of a service; absent fields stay.
type Patch struct {
	Name           web.Opt[string] `json:"name,omitzero" required:"false"`
	Description    web.Opt[string] `json:"description,omitzero" required:"false"`
	Kind           web.Opt[string] `json:"kind,omitzero" required:"false"`
	Criticality    web.Opt[string] `json:"criticality,omitzero" required:"false"`
	OperatingModel web.Opt[string] `json:"operatingModel,omitzero" required:"false"`
	ModelWhy       web.Opt[string] `json:"operatingModelWhy,omitzero" required:"false" doc:"Why it is run so; must be said where the operating model changes, at most 500 characters"`
	Links          web.Opt[[]Link] `json:"links,omitzero" required:"false"`
	Archived       web.Opt[bool]   `json:"archived,omitzero" required:"false" doc:"True puts it away, false brings it back"`
	Version        *int64          `json:"version,omitempty" required:"false" doc:"Refused as stale if the service changed after this version"`
}

// Change changes a service: all of it for leads, description and links for the team's liaisons.
func (s *Service) Change(ctx context.Context, id string, p Patch) (ServiceItem, error) {
	v := who.From(ctx)
	it, _, err := See(s.store.Rows(ctx), v, id)
	if err != nil {
		return ServiceItem{}, err
	}
	return store.InTx(ctx, s.store, []string{event.TeamTopic(it.TeamID)}, func(tx *store.Tx) (ServiceItem, error) {
		it, r, err := See(tx.Query, v, id)
		if err != nil {
			return ServiceItem{}, err
		}
		if err := p.may(r); err != nil {
			return ServiceItem{}, err
		}
		if p.Version != nil && *p.Version != it.Version {
			return ServiceItem{}, fault.Conflict("stale", "Somebody changed this service in the meantime.").With("current", it)
		}
		before := it
		if err := p.apply(tx, &it); err != nil {
			return ServiceItem{}, err
		}
		if reflect.DeepEqual(before, it) {
			return it, nil
		}
		if err := save(tx, &it); err != nil {
			return ServiceItem{}, err
		}
		if gone := it.ArchivedAt != nil; s.heirs != nil && gone != (before.ArchivedAt != nil) {
			if err := s.heirs.ServiceArchivedIn(tx, it.RID, it.Name, gone); err != nil {
				return ServiceItem{}, err
			}
		}
		return it, tell(tx, it, serviceTold{Did: "changed", Changes: differences(before, it)})
	})
}

func (p Patch) may(r team.Rights) error {
	switch {
	case r.CanLead():
	case !r.Liaison:
		return fault.Forbidden("Only a lead of this team changes its services.")
	case p.Name.Set || p.Kind.Set || p.Criticality.Set || p.OperatingModel.Set || p.ModelWhy.Set || p.Archived.Set:
		return fault.Forbidden("A liaison changes a service's description and links; the rest is for the team's leads.")
	}
	return nil
}

func (p Patch) apply(tx *store.Tx, it *ServiceItem) error {
	was := *it
	for _, x := range []struct {
		from web.Opt[string]
		to   *string
	}{{p.Name, &it.Name}, {p.Description, &it.Description}, {p.Kind, &it.Kind}, {p.Criticality, &it.Criticality}, {p.OperatingModel, &it.OperatingModel}, {p.ModelWhy, &it.ModelWhy}} {
		if x.from.Set {
			*x.to = x.from.Value
		}
	}
	if p.Links.Set {
		if it.Links = slices.Clone(p.Links.Value); it.Links == nil {
			it.Links = []Link{}
		}
	}
	if p.Archived.Set && p.Archived.Value != (it.ArchivedAt != nil) {
		if it.ArchivedAt = nil; p.Archived.Value {
			it.ArchivedAt = &tx.Now
		}
	}
	if err := it.shape(); err != nil {
		return err
	}
	switch {
	case it.OperatingModel != was.OperatingModel && (!p.ModelWhy.Set || it.ModelWhy == was.ModelWhy), it.ModelWhy == "" && (it.OperatingModel != was.OperatingModel || was.ModelWhy != ""):
		return needsWhy // the reason for how it was run is none for how it is run now
	case it.ArchivedAt == nil && (it.Name != was.Name || was.ArchivedAt != nil):
		return free(tx.Query, it)
	}
	return nil
}

// serviceTold is what an event says of a service that is to be read anew.
type serviceTold struct {
	ID      string   `json:"serviceId"`
	Version int64    `json:"version"`
	Name    string   `json:"name"`
	Did     string   `json:"did"` // added or changed
	Changes []Change `json:"changes,omitempty"`
}

// Change is what one field of a service was and is; of long ones only that they changed. Of a new one there is no From.
type Change struct {
	Field string `json:"field"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// beginnings are what a new service is.
func beginnings(is ServiceItem) []Change {
	return differences(ServiceItem{Name: is.Name}, ServiceItem{Name: is.Name, Kind: is.Kind, Criticality: is.Criticality, OperatingModel: is.OperatingModel, ModelWhy: is.ModelWhy})
}

func differences(was, is ServiceItem) (out []Change) {
	for _, f := range []Change{{"name", was.Name, is.Name}, {"kind", was.Kind, is.Kind}, {"criticality", was.Criticality, is.Criticality}, {"operatingModel", was.OperatingModel, is.OperatingModel},
		{"operatingModelWhy", was.ModelWhy, is.ModelWhy}} {
		if f.From != f.To {
			out = append(out, f)
		}
	}
	if was.Description != is.Description {
		out = append(out, Change{Field: "description"})
	}
	if !slices.Equal(was.Links, is.Links) {
		out = append(out, Change{Field: "links"})
	}
	if (was.ArchivedAt != nil) != (is.ArchivedAt != nil) {
		out = append(out, Change{"archived", strconv.FormatBool(was.ArchivedAt != nil), strconv.FormatBool(is.ArchivedAt != nil)})
	}
	return out
}

// tell says on the team's topic what has become of a service.
func tell(tx *store.Tx, it ServiceItem, told serviceTold) error {
	told.ID, told.Version, told.Name = it.ID, it.Version, it.Name
	_, err := tx.PublishAbout(event.TeamTopic(it.TeamID), "service.changed", it.ID, told)
	return err
}
