import { useState } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { usePlatform, useRemote } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { lazy, useLoad } from "../components/lazy.tsx";
import { useAnnounce } from "../components/status.tsx";
import { pollNow } from "../errors/poll-now.ts";
import { useRovingFocus } from "../hooks/use-roving-focus.ts";
import { NotifyButton } from "../watch/NotifyButton.tsx";
import { Countdown } from "./Countdown.tsx";

export interface ToolbarProps {
	readonly profile: ProfileSnapshot;
	/** The version that was picked instead of the live one. */
	readonly picked: number | undefined;
	/** The popup: the countdown is in its last line. */
	readonly compact: boolean;
	/** Absent while there is nothing to copy. */
	readonly onCopy: (() => void) | undefined;
	readonly onMore: (button: HTMLButtonElement) => void;
	/** Absent where there is no room for a matrix, or only one profile. */
	readonly onMatrix: (() => void) | undefined;
	/** Absent while there is nothing to compare with. */
	readonly onCompare: (() => void) | undefined;
}

const MoreMenu = lazy(() => import("./MoreMenu.tsx"), "MoreMenu");

/** What can be done with the profile on show. It is one stop for Tab; the arrow keys move in it. */
export function Toolbar(props: ToolbarProps) {
	const { profile, picked, compact, onCopy, onMore } = props;
	const { onCompare, onMatrix } = props;
	const { openTab } = usePlatform();
	const { id } = profile.profile;
	const { ref, onFocusIn, onKeyDown } = useRovingFocus();
	return (
		<div
			class="toolbar"
			role="toolbar"
			aria-label="Profile actions"
			tabIndex={-1}
			ref={ref}
			onFocusIn={onFocusIn}
			onKeyDown={onKeyDown}
		>
			<PollingButtons profile={profile} />
			{!compact && <Countdown profile={profile} />}
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
			<span class="space" />
			<span class="split">
				<Button
					name="Copy configuration"
					icon="copy"
					disabled={!onCopy}
					onClick={() => onCopy?.()}
				/>
				<Button name="More to copy" icon="more" bare hasMenu onClick={onMore} />
			</span>
			{!compact && <NotifyButton profile={profile} />}
			{openTab && (
				<Button
					name="Open in a tab"
					icon="tab"
					bare
					onClick={() => openTab(id, picked)}
				/>
			)}
			<More profile={id} />
		</div>
	);
}

function More({ profile }: { readonly profile: string }) {
	const load = useLoad();
	const [anchor, setAnchor] = useState<{
		readonly button: HTMLButtonElement;
		readonly at: DOMRect;
	}>();
	return (
		<>
			<Button
				name="More"
				title="Settings, vault, export, all profiles"
				icon="dots"
				bare
				hasMenu
				onClick={(button) =>
					load(MoreMenu, () =>
						setAnchor({ button, at: button.getBoundingClientRect() }),
					)
				}
			/>
			{anchor && (
				<MoreMenu
					profile={profile}
					at={anchor.at}
					onClose={() => {
						setAnchor(undefined);
						anchor.button.focus();
					}}
				/>
			)}
		</>
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
					bare
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
					bare
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
