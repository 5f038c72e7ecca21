// The second program of the stand-in for the ADOT image, which has no shell either: asks the collector's health_check
// extension, as the image's own /healthcheck does.
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
)

const (
	url     = "http://127.0.0.1:13133/"
	timeout = 2 * time.Second
)

func main() {
	client := http.Client{Timeout: timeout}
	response, err := client.Get(url)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if response.StatusCode != http.StatusOK {
		fmt.Fprintln(os.Stderr, response.Status)
		os.Exit(1)
	}
}
