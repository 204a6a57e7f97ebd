import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { usePlatform, useRemote } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { useAnnounce } from "../components/status.tsx";
import { pollNow } from "../errors/poll-now.ts";
import { NotifyButton } from "../watch/NotifyButton.tsx";
import { Countdown } from "./Countdown.tsx";

export interface ToolbarProps {
	readonly profile: ProfileSnapshot;
	/** The version that was picked instead of the live one. */
	readonly picked: number | undefined;
	/** Absent while there is nothing to copy. */
	readonly onCopy: (() => void) | undefined;
	readonly onMore: (button: HTMLButtonElement) => void;
	/** Absent where there is no room for a matrix, or only one profile. */
	readonly onMatrix: (() => void) | undefined;
	/** Absent while there is nothing to compare with. */
	readonly onCompare: (() => void) | undefined;
}

export function Toolbar(props: ToolbarProps) {
	const { profile, picked, onCopy, onMore, onCompare, onMatrix } = props;
	const { openTab, openOptions } = usePlatform();
	const { id } = profile.profile;
	return (
		<div class="toolbar">
			<PollingButtons profile={profile} />
			<Countdown profile={profile} />
			<span class="space" />
			<Button
				name="Compare with…"
				icon="compare"
				disabled={!onCompare}
				onClick={() => onCompare?.()}
			/>
			{onMatrix && (
				<span data-opens="matrix">
					<Button name="Matrix" icon="columns" onClick={onMatrix} />
				</span>
			)}
			<Button
				name="Copy configuration"
				icon="copy"
				disabled={!onCopy}
				onClick={() => onCopy?.()}
			/>
			<Button name="More to copy" icon="more" bare hasMenu onClick={onMore} />
			{onMatrix && <NotifyButton profile={profile} />}
			{openTab && (
				<Button
					name="Open in a tab"
					icon="tab"
					bare
					onClick={() => openTab(id, picked)}
				/>
			)}
			<Button
				name="Edit profile"
				icon="edit"
				bare
				onClick={() => openOptions(id)}
			/>
		</div>
	);
}

function PollingButtons({ profile }: { readonly profile: ProfileSnapshot }) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { id, name } = profile.profile;
	const announceResult = (result: Promise<string>) =>
		void result.then(announce, (error: Error) => announce(error.message));
	return (
		<>
			<Button
				name="Poll now"
				icon="poll"
				onClick={() => announceResult(pollNow(remote, id))}
			/>
			{profile.paused ? (
				<Button
					name="Resume"
					icon="resume"
					onClick={() =>
						announceResult(
							remote.resume({ id }).then(() => `${name} is polled again.`),
						)
					}
				/>
			) : (
				<Button
					name="Pause"
					icon="pause"
					onClick={() =>
						announceResult(
							remote.pause({ id }).then(() => `${name} is paused.`),
						)
					}
				/>
			)}
		</>
	);
}
