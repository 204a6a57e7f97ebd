// What a profile's calls carry: by its connection, or by keys of its own, or fixed dummy ones where real keys may not go.

import {
	type AccessTarget,
	usesOwnKeys,
} from "../../core/connection/access-target.ts";
import type { ConnectionRegistry } from "../../core/connection/connection-registry.ts";
import {
	type Access,
	dummyAccess,
	getAccess,
} from "../../core/connection/credential-provider.ts";
import type { OwnKeys } from "../../core/connection/credentials.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";

type Keys = (id: ProfileId) => OwnKeys | undefined;

export function createAccess(
	registry: ConnectionRegistry,
	ownKeys: Keys,
): (target: AccessTarget) => Promise<Result<Access, CredentialsFault>> {
	return async (target) => {
		const { id, connection, endpoint } = target;
		if (connection) return getAccess(registry, { ...target, connection });
		if (!usesOwnKeys(target)) return ok(dummyAccess(endpoint));
		const credentials = id && ownKeys(id);
		return credentials
			? ok({ kind: "aws", endpoint, credentials })
			: err({ kind: "credentials-missing", detail: "" });
	};
}

/** When the keys given to a profile end, on this computer's clock; `offset`: how far AWS's is ahead of it, as far as it is known. */
export function ownKeysExpiry(
	profile: Profile,
	ownKeys: Keys,
	offset = 0,
): number | undefined {
	const end = ownKeys(profile.id)?.expiresAt;
	return end && usesOwnKeys(profile) ? end - offset : undefined;
}
