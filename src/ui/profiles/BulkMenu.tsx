import { useState } from "preact/hooks";
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { usePlatform, useRemote } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { Menu } from "../components/Menu.tsx";
import { useAnnounce } from "../components/status.tsx";

/** What can be done with all profiles. */
export function BulkButton({
	profiles,
}: {
	readonly profiles: readonly ProfileSnapshot[];
}) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { openOptions } = usePlatform();
	const [opened, setOpened] = useState<{
		readonly button: HTMLButtonElement;
		readonly at: DOMRect;
	}>();
	const run = (work: Promise<string>) =>
		void work.then(announce, (error: Error) => announce(error.message));
	const running = profiles.filter(({ paused }) => !paused);
	const paused = profiles.filter((entry) => entry.paused);
	return (
		<>
			<Button
				name="All profiles"
				icon="dots"
				bare
				hasMenu
				onClick={(button) =>
					setOpened({ button, at: button.getBoundingClientRect() })
				}
			/>
			{opened && (
				<Menu
					name="All profiles"
					at={opened.at}
					groups={[
						[
							{
								name: "Poll all",
								disabledReason:
									running.length === 0 ? "All profiles are paused" : undefined,
								onSelect: () => run(pollAll(remote, running)),
							},
							{
								name: "Pause all",
								disabledReason:
									running.length === 0 ? "All profiles are paused" : undefined,
								onSelect: () => run(pauseAll(remote, running)),
							},
							{
								name: "Resume all",
								disabledReason:
									paused.length === 0 ? "No profile is paused" : undefined,
								onSelect: () => run(resumeAll(remote, paused)),
							},
						],
						[
							{ name: "New profile", onSelect: () => openOptions("new") },
							{ name: "Settings", onSelect: () => openOptions("settings") },
						],
					]}
					onClose={() => {
						setOpened(undefined);
						opened.button.focus();
					}}
				/>
			)}
		</>
	);
}

/** One after the other: each waits for what it stores. Resolves with a sentence for the user. */
export async function pollAll(
	remote: Pick<Remote, "pollNow">,
	profiles: readonly ProfileSnapshot[],
): Promise<string> {
	let started = 0;
	let early = 0;
	for (const { profile } of profiles) {
		const { status } = await remote.pollNow({ id: profile.id });
		if (status === "too-early") early += 1;
		else if (status !== "no-such-profile") started += 1;
	}
	const rest =
		early > 0
			? ` AppConfig does not allow it yet for ${countOf(early)}, which polls as soon as it does.`
			: "";
	return `Polling ${countOf(started)}.${rest}`;
}

async function pauseAll(
	remote: Pick<Remote, "pause">,
	profiles: readonly ProfileSnapshot[],
): Promise<string> {
	for (const { profile } of profiles) await remote.pause({ id: profile.id });
	return `Paused ${countOf(profiles.length)}.`;
}

async function resumeAll(
	remote: Pick<Remote, "resume">,
	profiles: readonly ProfileSnapshot[],
): Promise<string> {
	for (const { profile } of profiles) await remote.resume({ id: profile.id });
	return `Resumed ${countOf(profiles.length)}.`;
}

function countOf(count: number): string {
	return count === 1 ? "1 profile" : `${count} profiles`;
}
