import { TemplatesPage } from '../../features/retro/TemplatesPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

export function RetroTemplatesRoute() {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      <TemplatesPage state={<LiveState connection={connection} />} />
    </>
  );
}
