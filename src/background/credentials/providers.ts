// Whom credentials are asked of, put together.
import type { CredentialSources } from "../../core/connection/credential-sources.ts";
import type { HttpPorts } from "../http/http-request.ts";
import { createAssumeRole } from "./assume-role.ts";
import { createCredentialServer } from "./credential-server.ts";
import { createIdentityCenter } from "./identity-center.ts";

export function createProviders(ports: HttpPorts): CredentialSources {
	return {
		credentialServer: createCredentialServer(ports),
		identityCenter: createIdentityCenter(ports),
		assumeRole: createAssumeRole(ports),
	};
}
