// SHA-256 and HMAC by WebCrypto, as the AWS signer asks for them.
import type { AppConfigDataClientConfig } from "@aws-sdk/client-appconfigdata";

type HashConstructor = NonNullable<AppConfigDataClientConfig["sha256"]>;
type Secret = ConstructorParameters<HashConstructor>[0];
type Bytes = Uint8Array<ArrayBuffer>;

const HMAC = { name: "HMAC", hash: "SHA-256" } as const;

/**
 * One for a client, whose keys it keeps as long as the client is kept. WebCrypto works on another thread: for each signature the
 * SDK's own asks it five times, of which three are as they were for the signature before.
 */
export function createSigningHash(): HashConstructor {
	/** What is signed with a secret in words is the key's own id and the day. */
	const signed = new Map<string, Promise<Bytes>>();
	const keys = new WeakMap<Bytes, Promise<CryptoKey>>();

	function signWithWords(secret: string, data: Bytes): Promise<Bytes> {
		const name = JSON.stringify([secret, ...data]);
		const known = signed.get(name);
		if (known) return known;
		const signature = sign(new TextEncoder().encode(secret), data);
		signed.set(name, signature);
		return signature;
	}

	async function sign(secret: Bytes, data: Bytes): Promise<Bytes> {
		const key = keys.get(secret) ?? importKey(secret);
		keys.set(secret, key);
		return new Uint8Array(await crypto.subtle.sign("HMAC", await key, data));
	}

	/** Hashes, or signs when there is a secret, all in one piece: the signer hands over no second one. */
	class SigningHash {
		readonly #secret: string | Bytes | undefined;
		#data: Bytes = new Uint8Array();

		constructor(secret?: Secret) {
			this.#secret = secret as string | Bytes | undefined;
		}

		update(data: Uint8Array): void {
			if (this.#data.length > 0) throw new Error("updated twice");
			this.#data = data as Bytes;
		}

		digest(): Promise<Bytes> {
			if (this.#secret === undefined) return digest(this.#data);
			return typeof this.#secret === "string"
				? signWithWords(this.#secret, this.#data)
				: sign(this.#secret, this.#data);
		}

		reset(): void {
			this.#data = new Uint8Array();
		}
	}
	return SigningHash;
}

async function digest(data: Bytes): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

function importKey(secret: Bytes): Promise<CryptoKey> {
	return crypto.subtle.importKey("raw", secret, HMAC, false, ["sign"]);
}
