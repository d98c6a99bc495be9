package store_test

import "trestle/server/event"

// onNews makes a listener of a function that does not care what the news are.
func onNews(fn func()) func(event.News) { return func(event.News) { fn() } }
