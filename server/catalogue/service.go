package catalogue

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// How much hangs on a service.
const (
	Experimental = "experimental"
	Standard     = "standard"
	Critical     = "critical"
)

// What a service is: developed here, bought and configured, or what other systems stand on.
const (
	Digital      = "digital"
	COTS         = "cots"
	Foundational = "foundational"
)

// Who runs it: the team that builds it, or operations.
const (
	ByTeam       = "team"
	ByOperations = "operations"
)

// mostWhy is how long the reason for an operating model may be.
const mostWhy = 500

var (
	kinds         = []string{Digital, COTS, Foundational}
	criticalities = []string{Experimental, Standard, Critical}
	models        = []string{ByTeam, ByOperations}
)

// Link is a place where something about a service is found.
type Link struct {
	Label string `json:"label" maxLength:"80"`
	URL   string `json:"url" maxLength:"1000"`
}

// ServiceItem is a service.
type ServiceItem struct {
	ID             string     `json:"id"`
	TeamID         string     `json:"teamId"`
	TeamKey        string     `json:"teamKey"`
	TeamName       string     `json:"teamName"`
	Name           string     `json:"name"`
	Description    string     `json:"description"`
	Kind           string     `json:"kind" enum:"digital,cots,foundational" doc:"A digital service, a COTS application, or a foundational system on which others stand"`
	Criticality    string     `json:"criticality" enum:"experimental,standard,critical"`
	OperatingModel string     `json:"operatingModel" enum:"team,operations" doc:"Who runs it: the team that builds it, or operations"`
	ModelWhy       string     `json:"operatingModelWhy" doc:"Why it is run so; empty for what was added before that was asked"`
	Links          []Link     `json:"links"`
	Version        int64      `json:"version"`
	CreatedAt      time.Time  `json:"createdAt"`
	ArchivedAt     *time.Time `json:"archivedAt,omitempty"`
	MayLead        bool       `json:"mayLead" doc:"May change all of it"`
	MayDescribe    bool       `json:"mayDescribe" doc:"May change description and links"`

	RID int64 `json:"-"`
}

const columns = `s.rid, s.id, s.team_id, t.key, t.name, s.name, s.description, s.kind, s.criticality, s.operating_model, s.operating_model_why, s.links, s.version, s.created_at, s.archived_at`

func read(q *store.Query, where string, args ...any) (out []ServiceItem, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var it ServiceItem
		var links string
		var created int64
		var archived *int64
		if err := scan(&it.RID, &it.ID, &it.TeamID, &it.TeamKey, &it.TeamName, &it.Name, &it.Description, &it.Kind, &it.Criticality, &it.OperatingModel, &it.ModelWhy,
			&links, &it.Version, &created, &archived); err != nil {
			return err
		}
		it.CreatedAt, it.ArchivedAt, it.Links = store.At(created), store.AtPtr(archived), []Link{}
		err := json.Unmarshal([]byte(links), &it.Links)
		out = append(out, it)
		return err
	}, "SELECT "+columns+" FROM services s JOIN teams t ON t.id = s.team_id WHERE "+where+" ORDER BY t.name, s.name, s.rid", args...)
	return out, err
}

// shape puts what somebody wrote in order, or says what is wrong with it.
func (it *ServiceItem) shape() error {
	it.Name, it.Description, it.ModelWhy = text.Line(it.Name), strings.TrimSpace(it.Description), text.Line(it.ModelWhy)
	if n := utf8.RuneCountInString(it.Name); n == 0 || n > 80 {
		return fault.Invalid("body.name", "A name has 1 to 80 characters")
	}
	if utf8.RuneCountInString(it.Description) > 4000 {
		return fault.Invalid("body.description", "A description has at most 4000 characters")
	}
	for _, x := range []struct {
		at, value string
		of        []string
	}{{"kind", it.Kind, kinds}, {"criticality", it.Criticality, criticalities}, {"operatingModel", it.OperatingModel, models}} {
		if !slices.Contains(x.of, x.value) {
			return fault.Invalid("body."+x.at, "Choose one of %s", strings.Join(x.of, ", "))
		}
	}
	if utf8.RuneCountInString(it.ModelWhy) > mostWhy {
		return fault.Invalid("body.operatingModelWhy", "A reason has at most %d characters", mostWhy)
	}
	if len(it.Links) > 20 {
		return fault.Invalid("body.links", "A service has at most 20 links")
	}
	for i, l := range it.Links {
		l.Label, l.URL = text.Line(l.Label), strings.TrimSpace(l.URL)
		u, err := url.Parse(l.URL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || len(l.URL) > 1000 {
			return fault.Invalid("body.links", "The address of a link begins with https://")
		}
		if l.Label == "" {
			l.Label = u.Host
		}
		if utf8.RuneCountInString(l.Label) > 80 {
			return fault.Invalid("body.links", "What a link is called has at most 80 characters")
		}
		it.Links[i] = l
	}
	return nil
}

func (it *ServiceItem) linksText() (string, error) {
	if it.Links == nil {
		it.Links = []Link{}
	}
	raw, err := json.Marshal(it.Links)
	return string(raw), err
}

func insert(tx *store.Tx, it *ServiceItem) error {
	links, err := it.linksText()
	if err != nil {
		return err
	}
	it.RID, err = tx.Insert("INSERT INTO services (id, team_id, name, description, kind, criticality, operating_model, operating_model_why, links, created_at) VALUES ("+store.Marks(10)+")",
		it.ID, it.TeamID, it.Name, it.Description, it.Kind, it.Criticality, it.OperatingModel, it.ModelWhy, links, store.Ms(tx.Now))
	return err
}

func save(tx *store.Tx, it *ServiceItem) error {
	links, err := it.linksText()
	if err != nil {
		return err
	}
	it.Version++
	_, err = tx.Exec("UPDATE services SET name = ?, description = ?, kind = ?, criticality = ?, operating_model = ?, operating_model_why = ?, links = ?, version = ?, archived_at = ? WHERE rid = ?",
		it.Name, it.Description, it.Kind, it.Criticality, it.OperatingModel, it.ModelWhy, links, it.Version, store.MsPtr(it.ArchivedAt), it.RID)
	return err
}
