package card

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
)

const maxValue = 2000

// valueField is the name under which a custom field's value has its version.
func valueField(fieldID string) string { return "field:" + fieldID }

// fieldWord is how the history calls a field.
func fieldWord(name string, l *board.Layout) string {
	if id, ok := strings.CutPrefix(name, "field:"); ok {
		if f := l.Field(id); f != nil {
			return f.Name
		}
		return "a former field"
	}
	return fieldWords[name]
}

// Reface reads what the faces of a board's cards show anew.
func (s *Service) Reface(tx *store.Tx, boardRID int64) error { return RefreshFaces(tx, boardRID) }

// setValues writes values of custom fields and names those that changed.
func (e *edit) setValues(in map[string]string) (changed []string, err error) {
	for id, value := range in {
		f := e.l.Field(id)
		if f == nil || f.Retired {
			return nil, fault.Invalid("body.fields", "This board has no field %s", id)
		}
		if value, err = e.cleanValue(f, value); err != nil {
			return nil, err
		}
		var was string
		held, err := e.tx.Row([]any{&was}, "SELECT value FROM custom_values WHERE card_rid = ? AND field_rid = ?", e.card.RID, f.RID)
		if err != nil {
			return nil, err
		}
		switch {
		case value == was:
			continue
		case value == "":
			_, err = e.tx.Exec("DELETE FROM custom_values WHERE card_rid = ? AND field_rid = ?", e.card.RID, f.RID)
		case held: // no upsert: SQLite would carry its ON CONFLICT into the search's triggers
			_, err = e.tx.Exec("UPDATE custom_values SET value = ? WHERE card_rid = ? AND field_rid = ?", value, e.card.RID, f.RID)
		default:
			_, err = e.tx.Exec("INSERT INTO custom_values (card_rid, field_rid, value) VALUES (?,?,?)", e.card.RID, f.RID, value)
		}
		if err != nil {
			return nil, err
		}
		changed = append(changed, valueField(id))
	}
	slices.Sort(changed)
	return changed, nil
}

// cleanValue checks a value against its field and gives the form in which it is kept; "" is no value.
func (e *edit) cleanValue(f *board.CustomField, value string) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", nil
	}
	refuse := func(why string) (string, error) { return "", fault.Invalid("body.fields."+f.ID, "%s: %s", f.Name, why) }
	if utf8.RuneCountInString(value) > maxValue {
		return refuse("at most 2,000 characters")
	}
	switch f.Type {
	case board.FieldNumber:
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return refuse("a number such as 12 or 0.5")
		}
		return strconv.FormatFloat(n, 'f', -1, 64), nil
	case board.FieldDate:
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return refuse("a day such as 2026-11-30")
		}
	case board.FieldChoice:
		if _, ok := f.Option(value); !ok {
			return refuse("one of its options")
		}
	case board.FieldPerson:
		var n int
		if _, err := e.tx.Row([]any{&n}, "SELECT COUNT(*) FROM people p WHERE "+maySee+" AND p.id = ?", seeArgs(e.l, value)...); err != nil {
			return "", err
		}
		if n == 0 {
			return refuse("somebody who may see this board")
		}
	case board.FieldLink:
		if _, ok := webAddress(value); !ok {
			return refuse("an address that begins with https:// or http://")
		}
	case board.FieldCheckbox:
		if value == "false" {
			return "", nil
		}
		if value != "true" {
			return refuse("true or false")
		}
	}
	return value, nil
}

// webAddress parses an address of the web; no other scheme is safe to click.
func webAddress(s string) (*url.URL, bool) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return nil, false
	}
	return u, true
}

// namedIn are the people whom values name.
func namedIn(values map[string]string) (ids []string) {
	for _, v := range values {
		if strings.HasPrefix(v, "per_") {
			ids = append(ids, v)
		}
	}
	slices.Sort(ids)
	return ids
}

// valuesOf reads a card's values in the order of the fields, those of retired fields too.
func valuesOf(q *store.Query, cardRID int64, l *board.Layout) ([]FieldView, error) {
	by := map[int64]string{}
	err := q.Each(func(scan func(...any) error) error {
		var rid int64
		var value string
		err := scan(&rid, &value)
		by[rid] = value
		return err
	}, "SELECT field_rid, value FROM custom_values WHERE card_rid = ?", cardRID)
	if err != nil {
		return nil, err
	}
	out := []FieldView{}
	var ids []string
	for _, f := range l.Fields {
		value, ok := by[f.RID]
		if !ok {
			continue
		}
		v := FieldView{ID: f.ID, Name: f.Name, Type: f.Type, Value: value, Text: value}
		switch f.Type {
		case board.FieldChoice:
			if o, ok := f.Option(value); ok {
				v.Text = o.Name
			}
		case board.FieldNumber:
			if f.Unit != "" {
				v.Text = value + " " + f.Unit
			}
		case board.FieldPerson:
			ids = append(ids, value)
		}
		out = append(out, v)
	}
	names, err := account.PeopleByID(q, ids)
	for i := range out {
		if p, ok := names[out[i].Value]; ok && out[i].Type == board.FieldPerson {
			out[i].Text = p.Name
		}
	}
	return out, err
}
