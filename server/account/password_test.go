package account_test

import (
	"strings"
	"testing"

	"trestle/server/account"
)

func TestCheckPassword(t *testing.T) {
	const email = "marta.ruiz@example.test"
	for pw, good := range map[string]bool{
		"seven77":                          false, // too short
		"eight-ok":                         true,
		"all lower case words":             true, // no rules about which characters
		"пароль-длинный":                   true,
		"日本語の長い言葉":                         true,
		"七文字の言葉だ":                          false, // seven characters, twenty-one bytes
		"password":                         false,
		"PassWord1":                        false,
		"qwertyuiop":                       false,
		"1234567890":                       false,
		"iloveyou":                         false,
		"x" + email:                        false,
		"Marta.Ruiz-2026":                  false,
		strings.Repeat("ab", 64):           true,
		strings.Repeat("ab", 64) + "c":     false,
		"   spaces are characters, too   ": true,
	} {
		if err := account.CheckPassword("body.password", pw, email); (err == nil) != good {
			t.Errorf("%q: %v", pw, err)
		}
	}
	if n := len(account.Common()); n < 1000 {
		t.Errorf("only %d common passwords", n)
	}
}

func TestHash(t *testing.T) {
	phc := account.Hash([]byte(password), []byte("0123456789abcdef"))
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(phc)
	}
	if ok, old := account.Matches(phc, password); !ok || old {
		t.Fatal(ok, old)
	}
	if ok, _ := account.Matches(phc, password+"x"); ok {
		t.Fatal("a wrong password matches")
	}
	for _, bad := range []string{"", "x", "$argon2i$v=19$m=19456,t=2,p=1$MDEyMw$MDEyMw", "$argon2id$v=19$m=99999999,t=2,p=1$MDEyMw$MDEyMzAxMjMwMTIzMDEyMzAxMjM",
		"$argon2id$v=19$m=64,t=0,p=1$MDEyMw$MDEyMzAxMjMwMTIzMDEyMzAxMjM", "$argon2id$v=19$m=64,t=1,p=1$MDEyMw$"} {
		if ok, _ := account.Matches(bad, ""); ok {
			t.Errorf("%q matches", bad)
		}
	}
}

func TestToken_Form(t *testing.T) {
	secret := account.NewSecret("tok_0123456789abcdef")
	if id, ok := account.ParseToken(secret); !ok || id != "tok_0123456789abcdef" {
		t.Fatal(secret, id, ok)
	}
	for _, bad := range []string{"trs_", "trs_a_b", secret[:len(secret)-1], secret + "0", strings.Replace(secret, "trs_0", "trs_1", 1), secret[:30] + "!" + secret[31:]} {
		if id, ok := account.ParseToken(bad); ok {
			t.Errorf("%q is read as %s", bad, id)
		}
	}
}

func TestNetwork(t *testing.T) {
	for in, want := range map[string]string{"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": ""} {
		if got := account.Network(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
