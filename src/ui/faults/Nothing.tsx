// Why there is no configuration to see, in words.

import type { ComponentChildren } from "preact";
import type { ProfileSnapshot } from "../../core/snapshot.ts";
import { ForeignText } from "../parts/ForeignText.tsx";
import type { Body } from "../use-body.ts";

export interface NothingProps {
	readonly profile: ProfileSnapshot;
	readonly body: Body;
	/** The version on show; absent before the first. */
	readonly number: number | undefined;
}

export function Nothing({ profile, body, number }: NothingProps) {
	if (number === undefined) return <NotYet profile={profile} />;
	if (body.state === "unreadable")
		return (
			<Notice title="The stored version could not be read">
				The browser's storage answered “<ForeignText text={body.reason} />
				”. Reopen this view; if that does not help, restart the browser.
			</Notice>
		);
	return (
		<Notice title={`Version ${number} is no longer stored`}>
			The oldest versions make room for new ones. Pin a version to keep it.
		</Notice>
	);
}

function NotYet({ profile }: { profile: ProfileSnapshot }) {
	const { fault, phase, paused, gone } = profile;
	if (gone)
		return (
			<Notice title="No version is kept">
				All were deleted. What is deployed next appears here.
			</Notice>
		);
	if (fault || phase === "halted")
		return (
			<Notice title="No configuration yet">
				It appears here with the first poll that succeeds.
			</Notice>
		);
	if (paused)
		return (
			<Notice title="Paused before the first poll">
				Press Resume to ask for the configuration.
			</Notice>
		);
	if (phase === "waiting")
		return (
			<Notice title="The configuration is empty">
				AppConfig answered without content: nothing is deployed here yet, or an
				empty configuration is. A version appears here with its deployment.
			</Notice>
		);
	const { application, environment, configurationProfile } = profile.profile;
	return (
		<Notice title="Asking AppConfig…">
			<ForeignText text={application} /> / <ForeignText text={environment} /> /{" "}
			<ForeignText text={configurationProfile} />
		</Notice>
	);
}

function Notice(props: { title: string; children: ComponentChildren }) {
	return (
		<div class="nothing">
			<h2>{props.title}</h2>
			<p>{props.children}</p>
		</div>
	);
}
