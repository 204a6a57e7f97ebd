// The region with the configuration itself, or the reason why there is none to see.
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "./Button.tsx";
import type { Body } from "./use-body.ts";
import { ConfigurationView } from "./viewer/ConfigurationView.tsx";

export interface ConfigurationProps {
	readonly profile: ProfileSnapshot;
	readonly body: Body;
	/** The version on show; absent before the first. */
	readonly number: number | undefined;
	readonly compact: boolean;
	readonly onShowLive: () => void;
}

export function Configuration(props: ConfigurationProps) {
	const { profile, number, onShowLive } = props;
	const newest = profile.versions[0];
	const isOld = newest !== undefined && number !== newest.number;
	return (
		<section class="configuration" aria-label="Configuration">
			{isOld && (
				<div class="bar info">
					<span class="message">
						You are looking at version {number} of {newest.number}.
					</span>
					<Button name="Show live" icon="live" onClick={onShowLive} />
				</div>
			)}
			<Content {...props} />
		</section>
	);
}

function Content({ profile, body, number, compact }: ConfigurationProps) {
	const version = profile.versions.find((known) => known.number === number);
	if (!version) return <Nothing profile={profile} />;
	switch (body.state) {
		case "ready":
			return (
				<ConfigurationView
					key={profile.profile.id}
					body={body.bytes}
					contentType={version.contentType}
					compact={compact}
					memoryKey={profile.profile.id}
				/>
			);
		case "reading":
			return <div class="nothing" />;
		case "gone":
			return (
				<Notice title={`Version ${number} is no longer stored`}>
					The oldest versions make room for new ones. Pin a version to keep it.
				</Notice>
			);
		case "unreadable":
			return (
				<Notice title="The stored version could not be read">
					The browser's storage answered “{body.reason}”. Reopen this view; if
					that does not help, restart the browser.
				</Notice>
			);
	}
}

function Nothing({ profile }: { profile: ProfileSnapshot }) {
	const { fault, phase, paused } = profile;
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
	return (
		<Notice title="Asking AppConfig…">
			{profile.profile.application} / {profile.profile.environment} /{" "}
			{profile.profile.configurationProfile}
		</Notice>
	);
}

function Notice(props: { title: string; children: preact.ComponentChildren }) {
	return (
		<div class="nothing">
			<h2>{props.title}</h2>
			<p>{props.children}</p>
		</div>
	);
}
