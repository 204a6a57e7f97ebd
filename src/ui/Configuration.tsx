// The region with the configuration itself, or the reason why there is none to see.
import { useRef } from "preact/hooks";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "./Button.tsx";
import type { Route } from "./route.ts";
import type { Body } from "./use-body.ts";
import { useModule } from "./use-module.ts";
import type { Say } from "./use-status.ts";
import { ConfigurationView } from "./viewer/ConfigurationView.tsx";

export interface ConfigurationProps {
	readonly profile: ProfileSnapshot;
	readonly body: Body;
	/** The version on show; absent before the first. */
	readonly number: number | undefined;
	readonly compact: boolean;
	readonly onShowLive: () => void;
	/** Confirmations of what was copied out of it. */
	readonly onSay: Say;
	readonly route?: Route | undefined;
}

const loadNothing = () => import("./Nothing.tsx");

export function Configuration(props: ConfigurationProps) {
	const { profile, number, onShowLive } = props;
	const newest = profile.versions[0];
	const isOld = newest !== undefined && number !== newest.number;
	const region = useRef<HTMLElement>(null);
	const showLive = () => {
		onShowLive();
		// The button goes; the focus stays where the eyes are.
		region.current?.focus();
	};
	return (
		<section
			class="configuration"
			aria-label="Configuration"
			tabIndex={-1}
			ref={region}
		>
			{isOld && (
				<div class="bar info">
					<span class="message">
						You are looking at version {number} of {newest.number}.
					</span>
					<Button name="Show live" icon="live" onClick={showLive} />
				</div>
			)}
			<Content {...props} />
		</section>
	);
}

function Content(props: ConfigurationProps) {
	const { profile, body, number, compact, onSay, route } = props;
	const version = profile.versions.find((known) => known.number === number);
	const isThere =
		version && (body.state === "ready" || body.state === "reading");
	const words = useModule(!isThere, loadNothing);
	if (!isThere)
		return (
			words && <words.Nothing profile={profile} body={body} number={number} />
		);
	if (body.state !== "ready") return null;
	return (
		<ConfigurationView
			key={profile.profile.id}
			body={body.bytes}
			contentType={version.contentType}
			compact={compact}
			memoryKey={profile.profile.id}
			startView={
				route?.start.profile === profile.profile.id
					? route.start.view
					: undefined
			}
			onView={route?.tellView}
			onSay={onSay}
		/>
	);
}
