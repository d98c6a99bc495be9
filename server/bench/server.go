package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	adminEmail    = "bench@example.test"
	adminPassword = "a rather long sentence of words"
	rawRole       = "TRESTLE_BENCH_RAW"
)

// server is a child process that answers on addr.
type server struct {
	cmd       *exec.Cmd
	operators string // where its profiles are, "" = nowhere
	addr      string
	dir       string
	took      time.Duration // from exec to the first 200
	out       *bytes.Buffer
	ended     chan error
}

// start runs the measured program on a data folder.
func (b *bench) start(dir string) (*server, error) {
	env := []string{"TRESTLE_ADMIN_EMAIL=" + adminEmail, "TRESTLE_ADMIN_PASSWORD=" + adminPassword, "TRESTLE_SOCKETS_PER_TOKEN=12000"}
	operators := ""
	if b.profiles != "" {
		var err error
		if operators, err = freeAddr(); err != nil {
			return nil, err
		}
		env = append(env, "TRESTLE_METRICS_ADDR="+operators)
	}
	s, err := b.launch(exec.Command(b.program, "serve"), dir, "/healthz", env...)
	if err == nil {
		s.operators = operators
	}
	return s, err
}

// profiled runs a load and, when asked for, keeps a profile of what the server did meanwhile.
func (b *bench) profiled(name string, s *server, load func() (result, error)) (result, error) {
	if b.profiles == "" || s.operators == "" {
		return load()
	}
	done := make(chan error, 1)
	go func() {
		done <- s.profile(filepath.Join(b.profiles, strings.ReplaceAll(name, " ", "-")+".pb.gz"), b.span)
	}()
	r, err := load()
	return r, errors.Join(err, <-done)
}

func (s *server) profile(path string, span time.Duration) error {
	res, err := http.Get(fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", s.operators, max(1, int(span.Seconds()))))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, res.Body)
	return errors.Join(err, f.Close())
}

// startPlain runs it as an operator does who has not set anything.
func (b *bench) startPlain(dir string) (*server, error) {
	return b.launch(exec.Command(b.program, "serve"), dir, "/healthz")
}

// bare gives the process of the raw limits.
func (b *bench) bare() (*server, error) {
	if b.raw != nil {
		return b.raw, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	b.raw, err = b.launch(exec.Command(self), filepath.Join(b.dir, "raw"), "/hello", rawRole+"=1")
	return b.raw, err
}

func (b *bench) launch(cmd *exec.Cmd, dir, ready string, env ...string) (*server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, addr: addr, dir: dir, out: &bytes.Buffer{}, ended: make(chan error, 1)}
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "TRESTLE_") {
			cmd.Env = append(cmd.Env, kv)
		}
	}
	cmd.Env = append(cmd.Env, append(env, "TRESTLE_ADDR="+addr, "TRESTLE_DATA="+dir)...)
	cmd.Stdout, cmd.Stderr = s.out, s.out
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() { s.ended <- cmd.Wait() }()
	for time.Since(begin) < 30*time.Second {
		select {
		case err := <-s.ended:
			return nil, fmt.Errorf("%s ended: %v\n%s", cmd.Path, err, s.out)
		default:
		}
		if answers(addr, ready) {
			s.took = time.Since(begin)
			return s, nil
		}
		time.Sleep(500 * time.Microsecond)
	}
	s.stop()
	return nil, fmt.Errorf("%s did not answer within 30 seconds\n%s", cmd.Path, s.out)
}

func answers(addr, path string) bool {
	c, err := dial(addr, "")
	if err != nil {
		return false
	}
	defer c.close()
	status, _, err := c.do("GET", path, nil)
	return err == nil && status == 200
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// stop asks the child to end, and makes it.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(15 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.ended
	}
}

// cpu is the processor time that the child has used so far.
func (s *server) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100
}

// rss is the memory that the child holds, in bytes.
func (s *server) rss() int64 {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}

func (b *bench) programVersion() string {
	out, err := exec.Command(b.program, "version").Output()
	if err != nil {
		return "trestle"
	}
	return strings.TrimSpace(strings.SplitN(string(out), "\n", 2)[0])
}
