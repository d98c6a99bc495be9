import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { CardPage } from '../../features/card';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { useConnection } from '../../live';
import { ConnectionBanner } from '../Banner';
import { LiveState } from '../LiveState';
import { t } from '../messages';
import { router } from '../router';

export function CardRoute() {
  const { key } = useParams({ from: '/inside/c/$key' });
  const me = useMe();
  const navigate = useNavigate();
  const connection = useConnection();
  return (
    <div className="page">
      <PageTitle title={key} tab={key} crumb={<Link to="/boards">{t('app.boards')}</Link>} />
      <Top place="state">
        <LiveState connection={connection} />
      </Top>
      <ConnectionBanner connection={connection} />
      <CardPage
        key={key}
        cardKey={key}
        me={{ id: me.person.id, name: me.person.name }}
        rightsIn={(team) => ({
          work: hasRight(me, team, 'worker'),
          comment: hasRight(me, team, 'commenter'),
          lead: hasRight(me, team, 'lead'),
        })}
        onKey={(now) => void navigate({ to: '/c/$key', params: { key: now }, replace: true })}
        boardHref={(board, card) =>
          router.buildLocation({ to: '/b/$board', params: { board }, search: { card } }).href
        }
        missingAction={
          <Link to="/boards" className="btn">
            {t('app.404.boards')}
          </Link>
        }
      />
    </div>
  );
}
