package port

// DieAfter makes the program "die" (panic, past all cleaning up) once so many cards are staged.
func (s *Service) DieAfter(cards int) {
	s.staged = func(n int) {
		if n >= cards {
			panic("killed")
		}
	}
}

// WhenStaged calls fn after each chunk with how many cards are staged.
func (s *Service) WhenStaged(fn func(cards int)) { s.staged = fn }
