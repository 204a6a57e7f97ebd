// What a profile's calls carry: by its connection, or by keys of its own, or fixed dummy ones where real keys may not go.
import type { ConnectionRegistry } from "../../core/connection/connection-registry.ts";
import {
	type Access,
	DUMMY_CREDENTIALS,
	getAccess,
} from "../../core/connection/credential-provider.ts";
import type { OwnKeys } from "../../core/connection/credentials.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import { takesCredentials } from "../../core/protocol/snapshot.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";

type Keys = (id: ProfileId) => OwnKeys | undefined;

export function createAccess(
	registry: ConnectionRegistry,
	ownKeys: Keys,
): (profile: Profile) => Promise<Result<Access, CredentialsFault>> {
	return async (profile) => {
		const { id, connection, endpoint } = profile;
		if (connection) return getAccess(registry, { ...profile, connection });
		const credentials = takesCredentials(profile)
			? ownKeys(id)
			: DUMMY_CREDENTIALS;
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
	return end && takesCredentials(profile) ? end - offset : undefined;
}
