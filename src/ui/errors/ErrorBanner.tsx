// What is wrong with a profile now, or will be in a few minutes.
import { Ending } from "./ExpiryNotice.tsx";
import { FaultBar, type FaultBarProps } from "./FaultBar.tsx";

export function Trouble(props: Omit<FaultBarProps, "fault">) {
	const { profile } = props;
	return profile.fault ? (
		<FaultBar {...props} fault={profile.fault} />
	) : (
		<Ending {...props} />
	);
}
