package app

import (
	"fmt"
	"path/filepath"

	"trestle/server/blob"
	"trestle/server/card"
)

// attachmentsDir is where attachments lie inside the data folder, and so inside its backups.
const attachmentsDir = "attachments"

func (c *Config) checkAttachments() error {
	if c.AttachmentMaxMB < 0 || c.AttachmentMaxMB > 1024 {
		return fmt.Errorf("TRESTLE_ATTACHMENT_MAX_MB is 1 to 1024")
	}
	if c.AttachmentsMB < 0 {
		return fmt.Errorf("TRESTLE_ATTACHMENTS_MB must not be negative")
	}
	_, err := c.files()
	return err
}

// files is where attachments go, and how much.
func (c *Config) files() (card.Files, error) {
	f := card.Files{Store: blob.Disk(filepath.Join(c.Data, attachmentsDir)), MaxFile: c.AttachmentMaxMB << 20, Quota: c.AttachmentsMB << 20}
	if f.MaxFile == 0 {
		f.MaxFile = 25 << 20
	}
	if c.AttachmentsURL != "" {
		var err error
		if f.Store, err = blob.S3(c.AttachmentsURL); err != nil {
			return f, fmt.Errorf("TRESTLE_ATTACHMENTS_URL cannot be used: %w", err)
		}
	}
	return f, nil
}
