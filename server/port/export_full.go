package port

func (e *exporter) readLinks(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var l fileLink
		var rid, at int64
		err := scan(&rid, &l.Kind, &l.URL, &l.Title, &l.By, &at)
		l.By, l.At = e.who(l.By), stamp(at)
		by[rid].Links = append(by[rid].Links, l)
		return err
	}, "SELECT card_rid, kind, url, title, actor_id, at FROM card_links WHERE removed_at IS NULL AND card_rid"+in+" ORDER BY rid", args...)
}

func (e *exporter) readHypotheses(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		h := &fileHypothesis{}
		var rid int64
		var at *int64
		err := scan(&rid, &h.Believe, &h.Will, &h.KnowWhen, &h.Outcome, &h.Learned, &h.OutcomeBy, &at)
		h.OutcomeBy, h.OutcomeAt = e.who(h.OutcomeBy), stampPtr(at)
		by[rid].Hypothesis = h
		return err
	}, "SELECT card_rid, believe, expect, measure, outcome, learned, outcome_by, outcome_at FROM hypotheses WHERE card_rid"+in, args...)
}

func (e *exporter) readRevisions(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var r fileRevision
		var rid, at int64
		err := scan(&rid, &r.Text, &r.AuthorID, &r.AuthorName, &at)
		r.AuthorID, r.At = e.who(r.AuthorID), stamp(at)
		by[rid].Revisions = append(by[rid].Revisions, r)
		return err
	}, "SELECT card_rid, text, author_id, author_name, at FROM card_revisions WHERE card_rid"+in+" ORDER BY rid", args...)
}

// readMentions follows readComments: a comment that was removed takes its mentions with it.
func (e *exporter) readMentions(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var m fileMention
		var rid, at int64
		var comment *int64
		if err := scan(&rid, &comment, &m.PersonID, &m.Words, &m.By, &at); err != nil {
			return err
		}
		c := by[rid]
		if comment != nil {
			if m.Comment = c.said[*comment]; m.Comment == 0 {
				return nil
			}
		}
		m.By, m.At = e.who(m.By), stamp(at)
		c.Mentions = append(c.Mentions, m)
		return nil
	}, "SELECT card_rid, comment_rid, person_id, words, actor_id, at FROM mentions WHERE card_rid"+in+" ORDER BY rid", args...)
}

func (e *exporter) readWatchers(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var w fileWatcher
		var rid, at int64
		err := scan(&rid, &w.PersonID, &w.Watching, &at)
		w.At = stamp(at)
		by[rid].Watchers = append(by[rid].Watchers, w)
		return err
	}, "SELECT card_rid, person_id, watching, at FROM watchers WHERE card_rid"+in+" ORDER BY at, person_id", args...)
}
