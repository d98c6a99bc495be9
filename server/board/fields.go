package board

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"trestle/server/fault"
	"trestle/server/store"
)

// Types of custom fields.
const (
	FieldText     = "text"
	FieldNumber   = "number"
	FieldDate     = "date"
	FieldChoice   = "choice"
	FieldPerson   = "person"
	FieldLink     = "link"
	FieldCheckbox = "checkbox"
)

// FieldTypes in the order in which they are offered.
var FieldTypes = []string{FieldText, FieldNumber, FieldDate, FieldChoice, FieldPerson, FieldLink, FieldCheckbox}

const (
	maxFields  = 30
	maxOnFace  = 2
	maxOptions = 50
)

// Option is one answer of a choice. Cards hold its id, so that its name may change.
type Option struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// CustomField is a field that a board's cards have beside those that all cards have. Retired ones are kept for
// the values that cards hold.
type CustomField struct {
	RID      int64    `json:"-"`
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Type     string   `json:"type" enum:"text,number,date,choice,person,link,checkbox"`
	Unit     string   `json:"unit,omitempty" doc:"Of a number"`
	Options  []Option `json:"options,omitempty" doc:"Of a choice"`
	OnFace   bool     `json:"onFace,omitempty" doc:"Shown on the faces of cards"`
	Retired  bool     `json:"retired,omitempty"`
	Position int      `json:"-"`
}

// Option finds an option by id.
func (f *CustomField) Option(id string) (Option, bool) {
	i := slices.IndexFunc(f.Options, func(o Option) bool { return o.ID == id })
	if i < 0 {
		return Option{}, false
	}
	return f.Options[i], true
}

// Field finds a custom field, retired ones included.
func (l *Layout) Field(id string) *CustomField {
	for i := range l.Fields {
		if l.Fields[i].ID == id {
			return &l.Fields[i]
		}
	}
	return nil
}

// NewField is a custom field to be made.
type NewField struct {
	Name    string      `json:"name" minLength:"1" maxLength:"60"`
	Type    string      `json:"type" enum:"text,number,date,choice,person,link,checkbox"`
	Unit    string      `json:"unit,omitempty" required:"false" maxLength:"12"`
	Options []OptionFor `json:"options,omitempty" required:"false" maxItems:"50"`
	OnFace  bool        `json:"onFace,omitempty" required:"false"`
}

// OptionFor is an option as it shall be; without an id it is a new one.
type OptionFor struct {
	ID   string `json:"id,omitempty" required:"false" maxLength:"200"`
	Name string `json:"name" minLength:"1" maxLength:"80"`
}

// FieldPatch is what may change of a custom field; its type may not, because cards hold values of it.
type FieldPatch struct {
	Name    *string      `json:"name,omitempty" required:"false" minLength:"1" maxLength:"60"`
	Unit    *string      `json:"unit,omitempty" required:"false" maxLength:"12"`
	Options *[]OptionFor `json:"options,omitempty" required:"false" maxItems:"50" doc:"All of them, in their order; cards keep an option that is left out"`
	OnFace  *bool        `json:"onFace,omitempty" required:"false"`
	Retired *bool        `json:"retired,omitempty" required:"false" doc:"A retired field is offered no more; values stay"`
	Where
}

// AddField makes a custom field; it stands after the others.
func (s *Service) AddField(ctx context.Context, boardID string, n NewField) (l *Layout, fieldID string, err error) {
	l, err = s.lead(ctx, boardID, func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		f := CustomField{ID: store.NewID("fld"), Type: n.Type, Position: len(l.Fields) + 1}
		for _, x := range l.Fields {
			f.Position = max(f.Position, x.Position+1)
		}
		if err := l.setField(&f, FieldPatch{Name: &n.Name, Unit: &n.Unit, Options: &n.Options, OnFace: &n.OnFace}); err != nil {
			return err
		}
		if f.RID, err = tx.Insert("INSERT INTO custom_fields (id, board_rid, name, type, unit, options, on_face, position) VALUES (?,?,?,?,?,?,?,?)",
			f.ID, l.RID, f.Name, f.Type, f.Unit, optionsText(f.Options), f.OnFace, f.Position); err != nil {
			return err
		}
		l.Fields = append(l.Fields, f)
		return s.finish(tx, before, l, "board.fields_changed", nil)
	})
	if err != nil {
		return nil, "", err
	}
	return l, l.Fields[len(l.Fields)-1].ID, nil // a retried request gets the layout of the first time, not this run's closure
}

// ChangeField applies a patch to a custom field, and brings faces up to date when it comes onto them or leaves.
func (s *Service) ChangeField(ctx context.Context, fieldID string, p FieldPatch) (*Layout, error) {
	var boardID string
	found, err := s.store.Rows(ctx).Row([]any{&boardID}, "SELECT b.id FROM custom_fields f JOIN boards b ON b.rid = f.board_rid WHERE f.id = ?", fieldID)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fault.NotFound("field")
	}
	return s.leadPart(ctx, boardID, "field", func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		f := l.Field(fieldID)
		if f == nil {
			return fault.NotFound("field")
		}
		was := *f
		if err := l.setField(f, p); err != nil {
			return err
		}
		var retired *int64
		if f.Retired {
			now := store.Ms(tx.Now)
			retired = &now
		}
		if _, err := tx.Exec("UPDATE custom_fields SET name = ?, unit = ?, options = ?, on_face = ?, retired_at = ? WHERE rid = ?",
			f.Name, f.Unit, optionsText(f.Options), f.OnFace, retired, f.RID); err != nil {
			return err
		}
		if was.OnFace != f.OnFace || was.Retired != f.Retired {
			if err := s.cards.Reface(tx, l.RID); err != nil {
				return err
			}
		}
		if err := l.orderFields(tx, fieldID, p.Where); err != nil {
			return err
		}
		return s.finish(tx, before, l, "board.fields_changed", nil)
	})
}

// setField checks a patch against the board's other fields and applies it.
func (l *Layout) setField(f *CustomField, p FieldPatch) (err error) {
	if p.Retired != nil {
		f.Retired = *p.Retired
	}
	if p.OnFace != nil {
		f.OnFace = *p.OnFace
	}
	if f.Retired {
		f.OnFace = false
	}
	if p.Name != nil {
		if f.Name, err = clean("body.name", "A field", *p.Name, 60); err != nil {
			return err
		}
	}
	if p.Unit != nil {
		f.Unit = strings.TrimSpace(*p.Unit)
	}
	if f.Unit != "" && f.Type != FieldNumber {
		return fault.Invalid("body.unit", "Only a number has a unit")
	}
	if p.Options != nil {
		if f.Options, err = cleanOptions(*p.Options, f); err != nil {
			return err
		}
	}
	if f.Type == FieldChoice && len(f.Options) == 0 {
		return fault.Invalid("body.options", "A choice needs at least one option")
	}
	if f.Retired {
		return nil
	}
	live, faced := 1, 0
	if f.OnFace {
		faced = 1
	}
	for _, x := range l.Fields {
		if x.Retired || x.ID == f.ID {
			continue
		}
		if live++; x.OnFace {
			faced++
		}
		if strings.EqualFold(x.Name, f.Name) {
			return fault.Invalid("body.name", "This board has a field %s already", f.Name)
		}
	}
	if live > maxFields {
		return fault.Invalid("body", "A board has at most %d fields of its own", maxFields)
	}
	if f.OnFace && faced > maxOnFace {
		return fault.Invalid("body.onFace", "At most %d fields are shown on the cards' faces; take one off first", maxOnFace)
	}
	return nil
}

func cleanOptions(in []OptionFor, f *CustomField) ([]Option, error) {
	if f.Type != FieldChoice {
		if len(in) > 0 {
			return nil, fault.Invalid("body.options", "Only a choice has options")
		}
		return nil, nil
	}
	if len(in) > maxOptions {
		return nil, fault.Invalid("body.options", "A choice has at most %d options", maxOptions)
	}
	out := make([]Option, 0, len(in))
	taken := map[string]bool{}
	for _, o := range f.Options {
		taken[o.ID] = true
	}
	for _, n := range in {
		name, err := clean("body.options", "An option", n.Name, 80)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(o Option) bool { return strings.EqualFold(o.Name, name) || (n.ID != "" && o.ID == n.ID) }) {
			return nil, fault.Invalid("body.options", "There are two options %s", name)
		}
		o := Option{ID: n.ID, Name: name}
		if _, known := f.Option(n.ID); n.ID != "" && !known {
			return nil, fault.Invalid("body.options", "This field has no option %s", n.ID)
		}
		if o.ID == "" { // the words under which it was made; they may be another's by now
			o.ID = name
			for i := 2; taken[o.ID]; i++ {
				o.ID = fmt.Sprintf("%s %d", name, i)
			}
			taken[o.ID] = true
		}
		out = append(out, o)
	}
	return out, nil
}

// orderFields puts a field beside its neighbour.
func (l *Layout) orderFields(tx *store.Tx, id string, at Where) error {
	beside := at.AfterID
	if beside == "" {
		beside = at.BeforeID
	}
	if beside == "" {
		return nil
	}
	if beside == id || l.Field(beside) == nil {
		return fault.Invalid("body.afterId", "That field is not beside it on this board")
	}
	moved := *l.Field(id)
	l.Fields = slices.DeleteFunc(l.Fields, func(f CustomField) bool { return f.ID == id })
	to := slices.IndexFunc(l.Fields, func(f CustomField) bool { return f.ID == beside })
	if at.AfterID != "" {
		to++
	}
	l.Fields = slices.Insert(l.Fields, to, moved)
	for i := range l.Fields {
		l.Fields[i].Position = i + 1
		if _, err := tx.Exec("UPDATE custom_fields SET position = ? WHERE rid = ?", i+1, l.Fields[i].RID); err != nil {
			return err
		}
	}
	return nil
}

func optionsText(in []Option) string {
	if len(in) == 0 {
		return "[]"
	}
	raw, err := json.Marshal(in)
	if err != nil { // strings only
		panic(err)
	}
	return string(raw)
}

// loadFields reads a board's custom fields in their order.
func loadFields(q *store.Query, boardRID int64) (out []CustomField, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var f CustomField
		var options string
		var retired *int64
		if err := scan(&f.RID, &f.ID, &f.Name, &f.Type, &f.Unit, &options, &f.OnFace, &f.Position, &retired); err != nil {
			return err
		}
		f.Retired = retired != nil
		if options != "[]" {
			if err := json.Unmarshal([]byte(options), &f.Options); err != nil {
				return fmt.Errorf("field %s: %w", f.ID, err)
			}
		}
		out = append(out, f)
		return nil
	}, "SELECT rid, id, name, type, unit, options, on_face, position, retired_at FROM custom_fields WHERE board_rid = ? ORDER BY position, rid", boardRID)
	return out, err
}
