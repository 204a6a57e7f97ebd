// Whom credentials are asked of, put together.
import type { Providers } from "../../core/connection/credential-sources.ts";
import type { AskPorts } from "../http/http-request.ts";
import { createAssumeRole } from "./assume-role.ts";
import { createCredentialServer } from "./credential-server.ts";
import { createIdentityCenter } from "./identity-center.ts";

export function createProviders(ports: AskPorts): Providers {
	return {
		credentialServer: createCredentialServer(ports),
		identityCenter: createIdentityCenter(ports),
		assumeRole: createAssumeRole(ports),
	};
}
