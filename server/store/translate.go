package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"trestle/server/fault"
)

// ErrDuplicate is a unique key that exists already.
var ErrDuplicate = gorm.ErrDuplicatedKey

// IsDuplicate says whether err is a unique key that exists already.
func IsDuplicate(err error) bool { return errors.Is(err, ErrDuplicate) }

// translate turns driver errors that mean something to people into faults, and leaves the rest alone.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := fault.As(err); ok { // it has been said already
		return err
	}
	var se sqlite3.Error
	if errors.As(err, &se) {
		switch se.Code {
		case sqlite3.ErrFull:
			return diskFull(err)
		case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrInterrupt:
			return fault.Unavailable(time.Second, "The database is busy. Please try again.").Because(err)
		case sqlite3.ErrConstraint:
			if se.ExtendedCode == sqlite3.ErrConstraintUnique || se.ExtendedCode == sqlite3.ErrConstraintPrimaryKey {
				return errors.Join(ErrDuplicate, err)
			}
		}
		return err
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		switch {
		case pe.Code == "23505":
			return errors.Join(ErrDuplicate, err)
		case pe.Code == "53100":
			return diskFull(err)
		case pe.Code == "22021" || pe.Code == "22P05": // bytes that are no text; the door refuses most of them
			return fault.Invalid("body", "Some text holds characters that cannot be stored.").Because(err)
		case pe.Code == "57014" || pe.Code == "55P03" || retryable(err): // cancelled, lock not available, still in conflict
			return fault.Unavailable(time.Second, "The database is busy. Please try again.").Because(err)
		case strings.HasPrefix(pe.Code, "57P") || strings.HasPrefix(pe.Code, "08") || pe.Code == "53300" || pe.Code == "25006":
			// stopping or starting, connection lost, too many connections, a replica that was not promoted yet
			return unreachable(err)
		}
		return err
	}
	var ce *pgconn.ConnectError
	var ne net.Error
	if errors.As(err, &ce) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, sql.ErrConnDone) || (errors.As(err, &ne) && !ne.Timeout()) {
		return unreachable(err)
	}
	if errors.Is(err, context.DeadlineExceeded) || (ne != nil && ne.Timeout()) {
		return fault.Unavailable(time.Second, "That took too long. Please try again.").Because(err)
	}
	return err
}

func unreachable(err error) error {
	return fault.Unavailable(2*time.Second, "The database cannot be reached. Please try again.").Because(err)
}

func diskFull(err error) error {
	return fault.Of(http.StatusInsufficientStorage, "disk_full",
		"The disk is full. Nothing was changed; please tell your administrator.").Because(err)
}

// retryable says whether PostgreSQL asks for the transaction to be run again.
func retryable(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && (pe.Code == "40001" || pe.Code == "40P01")
}
