// The options page: all profiles, and the form of one.
import type { Remedy } from "../core/fault-words.ts";
import { EMPTY_FORM, toForm } from "../core/profile.ts";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "../ui/Button.tsx";
import { conditionOf } from "../ui/condition.ts";
import type { Connection } from "../ui/connect.ts";
import { FaultBar } from "../ui/FaultBar.tsx";
import { LineBar } from "../ui/LineBar.tsx";
import type { Platform } from "../ui/platform.ts";
import { useSight } from "../ui/use-sight.ts";
import { useStatus } from "../ui/use-status.ts";
import { ProfileEditor } from "./ProfileEditor.tsx";
import { copiedId, go, useRoute } from "./route.ts";

export interface OptionsProps {
	readonly connection: Connection;
	readonly platform: Platform;
}

export function Options({ connection, platform }: OptionsProps) {
	const { snapshot, line } = useSight(connection);
	const { text, say } = useStatus();
	const { remote } = connection;
	const profiles = snapshot?.profiles ?? [];
	const typed = useRoute();
	const route = typed || (snapshot ? (profiles[0]?.profile.id ?? "new") : "");
	const find = (id: string | undefined) =>
		profiles.find(({ profile }) => profile.id === id);
	const entry = find(route);
	const copied = find(copiedId(route));
	const title =
		entry?.profile.name ??
		(copied ? `Copy of ${copied.profile.name}` : TITLES[route]) ??
		(snapshot && "No such profile");
	const isKnown = entry || copied || route === "new";
	return (
		<div class="options">
			<nav aria-label="Profiles">
				<h2>Profiles</h2>
				<ul>
					{profiles.map((each) => (
						<ProfileLink key={each.profile.id} entry={each} route={route} />
					))}
				</ul>
				<Button name="Add profile" icon="add" onClick={() => go("new")} />
			</nav>
			<main>
				<LineBar line={line} />
				{title && <h1>{title}</h1>}
				{entry?.fault && (
					<FaultBar
						fault={entry.fault}
						profile={entry}
						remote={remote}
						platform={platform}
						say={say}
						onRemedy={focusField}
					/>
				)}
				{isKnown ? (
					<ProfileEditor
						key={route}
						route={route}
						entry={entry}
						initial={initialForm(entry, copied)}
						remote={remote}
						platform={platform}
						say={say}
					/>
				) : (
					snapshot && <p>It was deleted, or never saved in this browser.</p>
				)}
			</main>
			<output class="status">{text}</output>
		</div>
	);
}

/** For the routes that are no profile. */
const TITLES: { readonly [route: string]: string } = { new: "New profile" };

function ProfileLink(props: { entry: ProfileSnapshot; route: string }) {
	const { profile } = props.entry;
	const { tone, words } = conditionOf(props.entry);
	return (
		<li>
			<a
				class="row"
				href={`#${profile.id}`}
				aria-current={profile.id === props.route ? "page" : undefined}
			>
				<span class={`dot ${tone}`} aria-hidden="true" />
				<span class="name">{profile.name}</span>
				<span class="words">{words}</span>
			</a>
		</li>
	);
}

function initialForm(
	entry: ProfileSnapshot | undefined,
	copied: ProfileSnapshot | undefined,
) {
	if (entry) return toForm(entry.profile);
	if (!copied) return EMPTY_FORM;
	return { ...toForm(copied.profile), name: `${copied.profile.name} (copy)` };
}

// Here the remedy is a field of the form below.
function focusField(remedy: Remedy): boolean {
	const field = { edit: "application", credentials: "accessKeyId" };
	if (remedy !== "edit" && remedy !== "credentials") return false;
	document.getElementById(field[remedy])?.focus();
	return true;
}
