// Package catalogue is the services that teams own: what each is, how much hangs on it and who runs it.
//
// A service is seen by whoever sees its team. The leads of the team keep it; its liaisons too may say what it is and
// where things are.
package catalogue
