import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import {
	NOTIFICATION_RULES,
	type NotificationRule,
	notificationRuleOf,
} from "../../core/watch/watch.ts";
import { usePlatform, useRemote } from "../background-client/context.tsx";
import { Menu } from "../components/Menu.tsx";
import { useAnnounce } from "../components/status.tsx";

const NAMES: Readonly<Record<NotificationRule, string>> = {
	changes: "Every change",
	watched: "Watched values",
	faults: "Faults only",
	nothing: "Nothing",
};

export interface NotifyMenuProps {
	readonly profile: ProfileSnapshot;
	/** Where the button is. */
	readonly at: DOMRect;
	readonly onClose: () => void;
}

/** Chooses what the user is notified of. */
export function NotifyMenu({ profile: entry, at, onClose }: NotifyMenuProps) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { requestNotifications } = usePlatform();
	const { profile } = entry;
	const current = notificationRuleOf(entry, profile);
	const choose = async (rule: NotificationRule) => {
		// In the click itself: the browser asks only then. The rule is sent before the answer, because a popup that loses the
		// focus to the question is closed.
		const granted =
			rule === "nothing" ? true : (requestNotifications?.() ?? true);
		await remote.setNotificationRule({ id: profile.id, rule });
		const isGranted = await granted;
		announce(
			isGranted
				? describe(rule, profile.name, entry.watchedPaths?.length ?? 0)
				: "The browser does not allow notifications. The badge and the icon still show changes and faults.",
		);
	};
	return (
		<Menu
			name="Notify me"
			at={at}
			groups={[
				NOTIFICATION_RULES.map((rule) => ({
					name: NAMES[rule],
					isChecked: rule === current,
					onSelect: () =>
						void choose(rule).catch((error: Error) => announce(error.message)),
				})),
			]}
			onClose={onClose}
		/>
	);
}

function describe(
	rule: NotificationRule,
	name: string,
	watchedCount: number,
): string {
	switch (rule) {
		case "changes":
			return `You are notified of every change of ${name} that is not on the screen.`;
		case "watched":
			return watchedCount > 0
				? `You are notified when a watched value of ${name} changes.`
				: `You are notified when a watched value of ${name} changes. Select a value and choose Watch to add one.`;
		case "faults":
			return `You are notified when ${name} gets no configuration for 10 minutes.`;
		case "nothing":
			return `You are not notified of ${name}.`;
	}
}
