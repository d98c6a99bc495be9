package port

// DieAfter makes the program "die" (panic, past all cleaning up) after the given staged chunk.
func (s *Service) DieAfter(chunk int) {
	s.staged = func(n int) {
		if n == chunk {
			panic("killed")
		}
	}
}

// WhenStaged calls fn after each staged chunk.
func (s *Service) WhenStaged(fn func(chunk int)) { s.staged = fn }
