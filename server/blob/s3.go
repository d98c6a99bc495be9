package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// s3 keeps blobs in a bucket. Four plain requests are all that is needed of a store, so this is the provider's
// own signer on net/http and not its client, which alone is larger than the rest of this program.
type s3 struct {
	base   *url.URL // scheme, host, /bucket/prefix/
	bucket string
	prefix string
	creds  aws.Credentials
	region string
	sign   *v4.Signer
	client *http.Client
}

// S3 keeps blobs in a bucket that an address names: https://KEY:SECRET@host[:port]/bucket[/prefix][?region=…]. The
// bucket stands in the path, which every store understands. http:// is for a store on the same machine or network.
func S3(address string) (Store, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it is not an address") // url.Parse repeats it, with the secret in it
	}
	secret, has := u.User.Password()
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || !has || bucket == "" {
		return nil, errors.New("it looks like https://KEY:SECRET@host/bucket?region=eu-central-1")
	}
	if prefix != "" {
		prefix += "/"
	}
	region := u.Query().Get("region")
	if region == "" {
		region = "us-east-1"
	}
	return &s3{base: &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/" + bucket + "/"}, bucket: bucket, prefix: prefix, region: region,
		creds: aws.Credentials{AccessKeyID: u.User.Username(), SecretAccessKey: secret},
		// what is signed is what is sent: an object's key is not escaped twice
		sign: v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }),
		client: &http.Client{Timeout: 10 * time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // a signature holds for one address
		}}}, nil
}

func (s *s3) do(ctx context.Context, method, path string, query url.Values, body io.ReadSeeker, size int64) (*http.Response, error) {
	u := *s.base
	u.Path += path
	u.RawQuery = query.Encode()
	sum := sha256.New()
	var reader io.Reader
	if body != nil {
		if _, err := io.Copy(sum, body); err != nil {
			return nil, err
		}
		if _, err := body.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		reader = io.NopCloser(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), reader)
	if err != nil {
		return nil, err
	}
	req.ContentLength = size
	digest := hex.EncodeToString(sum.Sum(nil))
	req.Header.Set("X-Amz-Content-Sha256", digest)
	if err := s.sign.SignHTTP(ctx, s.creds, req, digest, "s3", s.region, time.Now()); err != nil {
		return nil, err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the blob store does not answer: %w", err)
	}
	if res.StatusCode/100 == 2 {
		return res, nil
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusNotFound && method != http.MethodPut && path != "" {
		return nil, ErrAbsent
	}
	var why struct{ Code string }
	_ = xml.NewDecoder(io.LimitReader(res.Body, 16<<10)).Decode(&why) // its words may repeat what was signed; the code says enough
	return nil, fmt.Errorf("the blob store answers %d %s", res.StatusCode, why.Code)
}

func (s *s3) done(ctx context.Context, method, key string, body io.ReadSeeker, size int64) error {
	if !isKey.MatchString(key) {
		return errKey
	}
	res, err := s.do(ctx, method, s.prefix+key, nil, body, size)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	return res.Body.Close()
}

func (s *s3) Put(ctx context.Context, key string, r io.ReadSeeker, size int64) error {
	return s.done(ctx, http.MethodPut, key, r, size)
}

func (s *s3) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if !isKey.MatchString(key) {
		return nil, errKey
	}
	res, err := s.do(ctx, http.MethodGet, s.prefix+key, nil, nil, 0)
	if err != nil {
		return nil, err
	}
	return res.Body, nil
}

func (s *s3) Remove(ctx context.Context, key string) error {
	if err := s.done(ctx, http.MethodDelete, key, nil, 0); !errors.Is(err, ErrAbsent) {
		return err
	}
	return nil
}

func (s *s3) Each(ctx context.Context, fn func(key string, at time.Time) error) error {
	query := url.Values{"list-type": {"2"}}
	if s.prefix != "" {
		query.Set("prefix", s.prefix)
	}
	for {
		res, err := s.do(ctx, http.MethodGet, "", query, nil, 0)
		if err != nil {
			return err
		}
		var page struct {
			Contents []struct {
				Key          string
				LastModified time.Time
			}
			IsTruncated           bool
			NextContinuationToken string
		}
		err = xml.NewDecoder(io.LimitReader(res.Body, 8<<20)).Decode(&page)
		_ = res.Body.Close()
		if err != nil {
			return fmt.Errorf("the blob store's list cannot be read: %w", err)
		}
		for _, o := range page.Contents {
			if key := strings.TrimPrefix(o.Key, s.prefix); isKey.MatchString(key) {
				if err := fn(key, o.LastModified); err != nil {
					return err
				}
			}
		}
		if !page.IsTruncated || page.NextContinuationToken == "" {
			return nil
		}
		query.Set("continuation-token", page.NextContinuationToken)
	}
}
