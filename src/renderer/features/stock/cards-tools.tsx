// Above the stock: search, order, the uncollected by age, how many there are.
import { IconSearch } from '@tabler/icons-react';
import { STOCK_ORDERS } from '../../../shared/contract/stock.ts';
import { plural, useTexts } from '../../shared/i18n/language.ts';
import { Segmented } from '../../shared/ui/segmented.tsx';
import ui from '../../shared/ui/ui.module.css';
import { WaitingDays } from '../../shared/ui/waiting-days.tsx';
import { orderStock, searchStock, showAge } from './card-deeds.ts';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import own from './cards.module.css';

export function Tools({ field }: { readonly field: React.Ref<HTMLInputElement> }) {
  const t = useTexts().stock.cards;
  const { search, order, waitingDays, waiting, total } = useStock();
  return (
    <div className={own['bar']}>
      <label className={`${ui['searchField']} ${own['search']}`}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <input
          ref={field}
          className={ui['input']}
          type="search"
          value={search}
          maxLength={200}
          aria-label={t.search}
          placeholder={t.search}
          data-testid="stock-search"
          onChange={(event) => searchStock(event.currentTarget.value)}
        />
      </label>
      <Segmented
        label={t.order}
        value={order}
        testId="stock-order"
        options={STOCK_ORDERS.map((value) => ({ value, label: t.orders[value] }))}
        onChange={orderStock}
      />
      <WaitingDays
        label={t.uncollected}
        fromDays={t.fromDays}
        chosen={waitingDays}
        counts={waiting}
        testId="stock-waiting"
        onChoose={showAge}
      />
      <span className={styles['grow']} />
      <span className={styles['num']} data-testid="stock-total" data-n={total}>
        {plural(total, t.total)}
      </span>
    </div>
  );
}
