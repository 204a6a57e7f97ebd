// A mistake in what was typed: its message is all that is said before the command ends with 1.

export class UsageError extends Error {}

export function toErrorMessage(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
