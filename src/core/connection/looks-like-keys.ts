/** What nobody shares on purpose: an AWS access key, a private key, or a member of a form that holds a secret. */
const KEYS =
	/\bA[KS]IA[A-Z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|"(?:accessKeyId|secretAccessKey|sessionToken|bearerToken)"\s*:\s*"[^"]|(?:secret[ _.-]?(?:access[ _.-]?)?key|(?:session|security)[ _.-]?token)["'\]]*\s*[=:]\s*["']?[A-Za-z0-9+/=_-]{16}/i;

/** For boxes that take texts without secrets: whether the text is to be refused. */
export function containsSecrets(text: string): boolean {
	return KEYS.test(text);
}

export const KEYS_IN_SHARED_TEXT =
	"There are keys or a token in this text, which an export never has. Nothing was read. Take them out, and paste keys under Credentials on the page of a profile or connection.";
