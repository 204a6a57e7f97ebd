import { isSystemError } from "../shared/file-system.ts";

/** The data directory cannot be used as it is; said when the emulator starts. */
export class JournalError extends Error {}

/** A change could not be written down and was not made. The message is for the log; replies do not name paths. */
export class StorageError extends Error {}

/** A change would store more than `--storage-limit` allows and was not made. */
export class StorageLimitError extends Error {}

/** `ENOSPC: no space left on device`, without the call that met it. */
export function toStorageReason(error: unknown): string {
	if (!isSystemError(error)) return String(error);
	return error.message.replace(/, \w+( '.*')?$/s, "");
}
