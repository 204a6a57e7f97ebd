// What is wrong with a profile now, or will be in a few minutes.
import { ExpiryNotice } from "./ExpiryNotice.tsx";
import { FaultBar, type FaultBarProps } from "./FaultBar.tsx";

export function ErrorBanner(props: Omit<FaultBarProps, "fault">) {
	const { profile } = props;
	return profile.fault ? (
		<FaultBar {...props} fault={profile.fault} />
	) : (
		<ExpiryNotice {...props} />
	);
}
