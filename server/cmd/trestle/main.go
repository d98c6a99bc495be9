// The program. It reads flags and TRESTLE_* settings and calls app; nothing else happens here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"trestle/server/app"
)

// Exit codes: 0 done, 1 it did not work, 2 it was asked wrongly.
const (
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// streams is where a command reads and speaks.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// forgetEmpty makes a setting that is there but empty the same as one that is not: compose files and unit files
// often pass them so, and an empty "yes or no" is neither.
func forgetEmpty() {
	for _, e := range os.Environ() {
		if name, value, _ := strings.Cut(e, "="); strings.HasPrefix(name, "TRESTLE_") && value == "" {
			_ = os.Unsetenv(name)
		}
	}
}

func run(args []string, in io.Reader, out, errOut io.Writer) int {
	forgetEmpty()
	var c cli
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("trestle"),
		kong.Description("One shared board for development, operations and security. Settings are flags or TRESTLE_* variables."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { exited = code }),
	)
	if err != nil {
		fmt.Fprintln(errOut, "trestle:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exited >= 0 { // help was asked for
		return exited
	}
	if err != nil {
		fmt.Fprintf(errOut, "trestle: %s\nTry: trestle --help\n", err)
		return exitUsage
	}
	// the first signal stops gracefully, the second one at once
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	k.BindTo(ctx, (*context.Context)(nil))
	cfg := c.config()
	cfg.Out, cfg.LogTo = out, errOut
	if err := k.Run(cfg, streams{in, out, errOut}); err != nil {
		fmt.Fprintln(errOut, "trestle: "+sentence(err))
		var wrong usageError
		if errors.As(err, &wrong) {
			return exitUsage
		}
		return exitFailed
	}
	return 0
}

// sentence ends an error for people.
func sentence(err error) string {
	s := app.Sentence(err)
	if !strings.HasSuffix(s, ".") && !strings.Contains(s, "\n") {
		s += "."
	}
	return s
}
