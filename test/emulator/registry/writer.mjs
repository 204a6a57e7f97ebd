// Commits application after application to a journal and says each one when it is acknowledged; made to be killed.
import { openJournal } from "../../../build/emulator/registry/journal.js";
import { createStore } from "../../../build/emulator/registry/store.js";

const [, , directory, prefix] = process.argv;
const journal = openJournal(directory);
const store = createStore(journal.restored, journal);
for (let count = 0; ; count++) {
	const Id = `${prefix}-${count}`;
	const record = {
		Id,
		Name: Id,
		Description: "x".repeat((count * 997) % 1000),
	};
	store.commit([{ table: "applications", key: Id, record }]);
	process.stdout.write(`${Id}\n`);
}
