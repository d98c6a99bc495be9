// Command bench measures a Trestle server beside the limits of the machine it runs on, in one run: every
// target of the single node is a ratio to a limit measured minutes before or after it, or an absolute that is
// printed for what it is. It needs nothing but the program: it starts it in a child process on a free port
// with a fresh data folder, signs in, makes boards, and loads it from this process.
//
//	make bench                                     everything, about four minutes
//	go run ./server/bench -only moves,board        some rows
//
// Load and server share the machine's cores, as the raw limits do, so that both are held back alike.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

type bench struct {
	program string
	dir     string // for data folders; removed at the end
	span    time.Duration
	rounds  int
	table   *table
	// profiles is a folder for processor profiles of the rows that write and read, "" = none
	profiles string

	srv   *server // the one that most rows use
	raw   *server
	api   *api
	large *testBoard // 5,000 cards
}

// rows are the parts of a run, in the order in which they disturb each other least.
var rows = []struct {
	name string
	run  func(*bench) error
}{
	{"size", (*bench).size},
	{"start", (*bench).coldFresh},
	{"memory", (*bench).memory},
	{"hello", (*bench).hello},
	{"creates", (*bench).creates},
	{"moves", (*bench).moves},
	{"scale", (*bench).scale},
	{"board", (*bench).board},
	{"fanout", (*bench).fanOut},
	{"mover", (*bench).mover},
	{"reconnect", (*bench).reconnect},
	{"stalled", (*bench).stalled},
	{"search", (*bench).search},
	{"retro", (*bench).retro},
	{"desk", (*bench).desk},
	{"flow", (*bench).flow},
	{"sockets", (*bench).manySockets},
	{"after", (*bench).after},
	{"warm", (*bench).coldWarm},
}

func main() {
	if os.Getenv(rawRole) != "" {
		serveRaw()
		return
	}
	b := &bench{table: &table{}}
	flag.StringVar(&b.program, "trestle", "bin/trestle", "the program to measure")
	flag.DurationVar(&b.span, "span", 4*time.Second, "how long each rate is measured")
	flag.IntVar(&b.rounds, "rounds", 3, "how often; medians are printed")
	only := flag.String("only", "", "rows to run, separated by commas: "+rowNames())
	flag.StringVar(&b.profiles, "profiles", "", "a folder for processor profiles of the server, one per row (they cost a little)")
	flag.Parse()
	if err := b.run(*only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func rowNames() string {
	var out []string
	for _, r := range rows {
		out = append(out, r.name)
	}
	return strings.Join(out, ",")
}

func (b *bench) run(only string) (err error) {
	if b.program, err = filepath.Abs(b.program); err != nil {
		return err
	}
	if _, err := os.Stat(b.program); err != nil {
		return fmt.Errorf("there is no program at %s: run make build first, or say -trestle", b.program)
	}
	if b.dir, err = os.MkdirTemp("", "trestle-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	defer b.stopAll()
	wanted := map[string]bool{}
	for _, name := range strings.FieldsFunc(only, func(r rune) bool { return r == ',' }) {
		wanted[name] = true
	}
	begin := time.Now()
	fmt.Printf("%s, %d cores, %s, rounds of %v\n", cpuName(), runtime.NumCPU(), b.programVersion(), b.span)
	for _, r := range rows {
		if len(wanted) > 0 && !wanted[r.name] {
			continue
		}
		fmt.Fprintf(os.Stderr, "%5.0fs %s\n", time.Since(begin).Seconds(), r.name)
		if err := r.run(b); err != nil {
			b.table.add(r.name, 0, "could not be measured: "+err.Error(), "", "", is(false))
		}
	}
	b.table.print(os.Stdout)
	fmt.Printf("\n%v in all. Load and server share the machine; p50 and p99 are of the middle round. Times are from the request's first byte.\n",
		time.Since(begin).Round(time.Second))
	return nil
}

// ours starts the server that most rows share, once.
func (b *bench) ours() (*server, *api, error) {
	if b.srv != nil {
		return b.srv, b.api, nil
	}
	s, err := b.start(filepath.Join(b.dir, "main"))
	if err != nil {
		return nil, nil, err
	}
	a, err := signIn(s)
	if err != nil {
		s.stop()
		return nil, nil, err
	}
	b.srv, b.api = s, a
	return s, a, nil
}

func (b *bench) stopAll() {
	for _, s := range []*server{b.srv, b.raw} {
		if s != nil {
			s.stop()
		}
	}
	b.srv, b.raw = nil, nil
}

func cpuName() string {
	raw, _ := os.ReadFile("/proc/cpuinfo")
	for _, line := range strings.Split(string(raw), "\n") {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}
