import { useState } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Button } from "../components/Button.tsx";
import { lazy, useLoad } from "../components/lazy.tsx";

const NotifyMenu = lazy(() => import("./NotifyMenu.tsx"), "NotifyMenu");

/** Opens the choice of what the user is notified of. */
export function NotifyButton({
	profile,
}: {
	readonly profile: ProfileSnapshot;
}) {
	const load = useLoad();
	const [opened, setOpened] = useState<{
		readonly button: HTMLButtonElement;
		readonly at: DOMRect;
	}>();
	return (
		<>
			<Button
				name="Notify me"
				icon="bell"
				bare
				hasMenu
				onClick={(button) => {
					const at = button.getBoundingClientRect();
					load(NotifyMenu, () => setOpened({ button, at }));
				}}
			/>
			{opened && (
				<NotifyMenu
					profile={profile}
					at={opened.at}
					onClose={() => {
						setOpened(undefined);
						opened.button.focus();
					}}
				/>
			)}
		</>
	);
}
