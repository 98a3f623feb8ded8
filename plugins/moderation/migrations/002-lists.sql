alter table report drop constraint report_kind_check,
  add constraint report_kind_check check (kind in ('person', 'review', 'comment', 'share', 'list'));
alter table hidden_content drop constraint hidden_content_kind_check,
  add constraint hidden_content_kind_check check (kind in ('person', 'review', 'comment', 'share', 'list'));
