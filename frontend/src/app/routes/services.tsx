import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ServicePage } from '../../features/catalogue/ServicePage';
import { ServicesPage } from '../../features/catalogue/ServicesPage';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';

function Connected({ children }: { children: (state: ReactNode) => ReactNode }) {
  const connection = useConnection();
  return (
    <>
      <ConnectionBanner connection={connection} />
      {children(<LiveState connection={connection} />)}
    </>
  );
}

export const ServicesRoute = () => <Connected>{(state) => <ServicesPage state={state} />}</Connected>;

export function ServiceRoute() {
  const { service } = useParams({ from: '/inside/services/$service' });
  return <Connected>{(state) => <ServicePage key={service} id={service} state={state} />}</Connected>;
}
