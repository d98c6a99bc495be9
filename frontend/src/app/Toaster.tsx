import { Notifications } from '@mantine/notifications';
import './toaster.css';

/** The toasts: bottom, six seconds, three at a time, held while they are looked at. */
export default function Toaster() {
  return (
    <Notifications
      position="bottom-center"
      autoClose={6000}
      limit={3}
      pauseResetOnHover="all"
      containerWidth={460}
      transitionDuration={160}
      zIndex={400}
      portalProps={{ target: '#portals' }}
    />
  );
}
