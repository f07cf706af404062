// Drives our OpenID provider by the certified client `openid-client`: a program for people, and a machine.
// Arguments: issuer, redirect URI, id and secret of the program, id and secret of the machine, and what the program's ID
// tokens must be signed with.
// Prints one JSON document per line; reads the address that the person was led back to from standard input.
import { createInterface } from "node:readline";
import * as client from "openid-client";

const [issuer, back, id, secret, machineId, machineSecret, signature] = process.argv.slice(2);
const say = (document) => console.log(JSON.stringify(document));
const insecure = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] };

const wanted = { id_token_signed_response_alg: signature };
const program = await client.discovery(new URL(issuer), id, wanted, client.ClientSecretBasic(secret), insecure);
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const wants = {
  redirect_uri: back,
  scope: "openid profile email offline_access",
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,
  nonce,
};
const ask = (more) => say({ authorize: client.buildAuthorizationUrl(program, { ...wants, ...more }).href });
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const answered = async () => new URL((await lines.next()).value);
const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };

ask({});
const tokens = await client.authorizationCodeGrant(program, await answered(), checks);
const claims = tokens.claims();
const person = await client.fetchUserInfo(program, tokens.access_token, claims.sub);
const refreshed = await client.refreshTokenGrant(program, tokens.refresh_token);
const rotated = refreshed.refresh_token !== tokens.refresh_token;
await client.tokenRevocation(program, refreshed.refresh_token);
const after = await client.refreshTokenGrant(program, refreshed.refresh_token).catch((error) => error.error);

ask({ prompt: "none" });
const silent = (await client.authorizationCodeGrant(program, await answered(), checks)).claims();

const auth = client.ClientSecretPost(machineSecret);
const machine = await client.discovery(new URL(issuer), machineId, undefined, auth, insecure);
const own = await client.clientCredentialsGrant(machine, { scope: "provider" });
say({ claims, person, rotated, after, silent: silent.sub, provider: own.access_token });
process.exit(0);
