// What a profile's calls carry: by its connection, or by keys of its own, or fixed dummy ones where real keys may not go.
import type { Book } from "../../core/connection/book.ts";
import { type Access, accessOf, DUMMY } from "../../core/connection/broker.ts";
import type { Refusal } from "../../core/connection/lease.ts";
import type { Credentials } from "../../core/credentials.ts";
import type { Profile, ProfileId } from "../../core/profile.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { takesCredentials } from "../../core/snapshot.ts";

export function createAccess(
	book: Book,
	ownKeys: (id: ProfileId) => Credentials | undefined,
): (profile: Profile) => Promise<Result<Access, Refusal>> {
	return async (profile) => {
		const { id, connection, endpoint } = profile;
		if (connection) return accessOf(book, { ...profile, connection });
		const credentials = takesCredentials(profile) ? ownKeys(id) : DUMMY;
		return credentials
			? ok({ kind: "aws", endpoint, credentials })
			: err({ kind: "credentials-missing", detail: "" });
	};
}
