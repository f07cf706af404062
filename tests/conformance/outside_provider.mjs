// An OpenID provider of somebody else: the certified `oidc-provider`, for what our own log-in must make of its answers.
// Arguments: client id, client secret, redirect URI, and a port unless any will do. Prints its issuer once it listens, and ends
// with its standard input: whoever started it is gone then.
// Whoever logs in types their claims as a query (`sub=1&email=ada@example.org&email_verified=true`); `fault` in them
// spoils the ID token, which is signed again by the provider's own key: what is wrong then is the claim alone.
import { once } from "node:events";
import http from "node:http";
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from "jose";
import Provider from "oidc-provider";

const [id, secret, back, port] = process.argv.slice(2);
const key = async () => ({ ...(await exportJWK((await generateKeyPair("RS256", { extractable: true })).privateKey)),
  kid: "k1", use: "sig", alg: "RS256" });
const [own, strange] = [await key(), await key()];

const now = () => Math.floor(Date.now() / 1000);
const signed = async (claims, jwk) =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k1", typ: "JWT" }).sign(await importJWK(jwk, "RS256"));
const faults = {
  nonce: (claims) => signed({ ...claims, nonce: "another" }, own),
  audience: (claims) => signed({ ...claims, aud: "another-client" }, own),
  issuer: (claims) => signed({ ...claims, iss: "https://another.example" }, own),
  expired: (claims) => signed({ ...claims, iat: now() - 900, exp: now() - 300 }, own),
  signature: (claims) => signed(claims, strange),
  unsigned: (claims) => new UnsecuredJWT(claims).encode(),
  skew: (claims) => signed({ ...claims, iat: now() + 30, exp: now() + 900 }, own),
};

const server = http.createServer();
server.listen(Number(port ?? 0), "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: id, client_secret: secret, redirect_uris: [back], grant_types: ["authorization_code"] }],
  jwks: { keys: [own] },
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => {
      const said = Object.fromEntries(new URLSearchParams(sub));
      return { ...said, sub, email_verified: said.email_verified === "true" };
    },
  }),
});
provider.use(async (context, next) => {
  await next();
  if (context.oidc?.route !== "token" || !context.body?.id_token) return;
  const claims = decodeJwt(context.body.id_token);
  const fault = faults[new URLSearchParams(claims.sub).get("fault")];
  if (fault) context.body.id_token = await fault(claims, decodeProtectedHeader(context.body.id_token));
});
server.on("request", provider.callback());
process.stdin.resume();
process.stdin.on("end", () => process.exit());
console.log(issuer);
