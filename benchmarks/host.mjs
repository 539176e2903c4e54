// Serves a folder on the loopback as hosts of static sites do: HTTP/2 over TLS, gzip, good for ten minutes.
// node host.mjs FOLDER KEY CERTIFICATE prints the port.
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

// What hosts compress on its way.
const TEXTS = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};
const [folder, key, cert] = process.argv.slice(2);

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
  const asked = decodeURIComponent(new URL(request.url, "https://host").pathname);
  const path = join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
  const type = TEXTS[extname(path)];
  try {
    const body = type ? gzipSync(readFileSync(path)) : readFileSync(path);
    response.writeHead(200, {
      "cache-control": "max-age=600",
      "content-length": body.length,
      "content-type": type ?? "application/octet-stream",
      ...(type && { "content-encoding": "gzip" }),
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
