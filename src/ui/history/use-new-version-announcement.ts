// Says when a new version has arrived, as a hook: for those who do not see the list grow.
import { useEffect, useRef } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Announce } from "../components/status.tsx";

export function useNewVersionAnnouncement(
	profile: ProfileSnapshot,
	say: Announce,
): void {
	const { versions, checkedAt } = profile;
	const { id, name } = profile.profile;
	const number = versions[0]?.number ?? 0;
	const last = useRef({ id, number, checkedAt });
	useEffect(() => {
		const old = last.current;
		last.current = { id, number, checkedAt };
		// Another profile's versions have not arrived, they were looked for; imported ones were received long before.
		const [newest] = versions;
		const isNews =
			old.id === id &&
			number > old.number &&
			(newest?.receivedAt ?? 0) > (old.checkedAt ?? 0);
		if (isNews) say(`Version ${number} of ${name} has arrived.`);
	}, [id, number, checkedAt]);
}
