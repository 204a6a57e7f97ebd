/** Whether a storage refused for want of room: on the disk, or in what the browser gives an extension. */
export function isStorageFull(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return (
		error.name === "QuotaExceededError" ||
		/quota|no.?space|disk.?(is.?)?full|ENOSPC/i.test(error.message)
	);
}

const MAKE_ROOM =
	"Free disk space or delete versions that you no longer need, then try again.";

/** Why a command was refused. Of an unexpected error only the name is told: its message may quote what was sent. */
export function refusalMessage(error: unknown): string {
	if (isStorageFull(error))
		return `Not saved: the disk or the browser's storage is full. ${MAKE_ROOM}`;
	return `This may only be partly done (${nameOf(error)}). Check the result and try again.`;
}

/** For as long as nothing could be saved since. */
export function unsavedMessage(error: unknown): string {
	return isStorageFull(error)
		? `The last change was not saved: the disk or the browser's storage is full. What was stored before is still there. ${MAKE_ROOM}`
		: `The last change was not saved: the browser's storage failed (${nameOf(error)}). What was stored before is still there. Try again; if it fails again, restart the browser.`;
}

function nameOf(error: unknown): string {
	return error instanceof Error ? error.name : "unknown error";
}
