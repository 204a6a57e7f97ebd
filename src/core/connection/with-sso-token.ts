// What is asked of IAM Identity Center with a sign-in: renewed in time, and once more when the portal has ended it early.
import { err, type Result } from "../result.ts";
import type { IdentityCenterConnection } from "./connection.ts";
import { type Book, generationOf } from "./connection-registry.ts";
import type { SignInSecret } from "./credential-sources.ts";
import type { Refusal } from "./temporary-credentials.ts";

export async function withSignIn<T>(
	book: Book,
	connection: IdentityCenterConnection,
	work: (secret: SignInSecret) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
	const current = await renewOnce(book, connection, false);
	if (!current.ok) return current;
	const result = await work(current.value);
	if (result.ok || result.error.kind !== "sign-in-needed") return result;
	const renewed = await renewOnce(book, connection, true);
	return renewed.ok ? work(renewed.value) : renewed;
}

function renewOnce(
	book: Book,
	connection: IdentityCenterConnection,
	isRefused: boolean,
): Promise<Result<SignInSecret, Refusal>> {
	return book.renewOnce(connection.id, () =>
		renew(book, connection, isRefused),
	);
}

async function renew(
	book: Book,
	connection: IdentityCenterConnection,
	isRefused: boolean,
): Promise<Result<SignInSecret, Refusal>> {
	const { id } = connection;
	const { signIn, keyring, vault } = book.ports;
	const secret = book.secrets.get(id);
	if (secret?.kind !== "sign-in") return err(SIGNED_OUT);
	const generation = generationOf(book, id);
	const renewed = await signIn.renew(connection, secret, isRefused);
	return book.enqueue(async () => {
		// Who has signed out meanwhile stays signed out.
		if (generationOf(book, id) !== generation) return err(SIGNED_OUT);
		if (renewed.ok ? renewed.value === secret : !isOver(renewed.error))
			return renewed;
		const next = renewed.ok ? renewed.value : undefined;
		await keyring.saveSecret(id, next);
		await vault.put(id, next);
		if (next) book.secrets.set(id, next);
		else book.secrets.delete(id);
		return renewed;
	});
}

/** Of no use any more: who keeps it would have to sign out before signing in. */
function isOver({ kind }: Refusal): boolean {
	return kind === "sign-in-needed";
}

const SIGNED_OUT: Refusal = { kind: "sign-in-needed", detail: "" };
