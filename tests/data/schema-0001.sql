BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	login VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	disabled_at DATETIME, 
	last_seen_at DATETIME, 
	CONSTRAINT uq_account_person_id UNIQUE (person_id), 
	CONSTRAINT fk_account_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_account_login UNIQUE (login)
);
INSERT INTO "account" VALUES(1,1,'anna','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(2,2,'boris','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(3,3,'vera','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(4,4,'gleb','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(5,5,'egor','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(6,6,'dina','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(7,7,'inna','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(8,8,'polina','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(9,9,'klara','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(10,10,'zoya','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(11,11,'timur','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
INSERT INTO "account" VALUES(12,12,'viktor','$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc',NULL,NULL);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attendance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	meeting_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT uq_attendance_meeting_id_person_id UNIQUE (meeting_id, person_id), 
	CONSTRAINT fk_attendance_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	CONSTRAINT fk_attendance_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "attendance" VALUES(1,1,1);
INSERT INTO "attendance" VALUES(2,1,2);
CREATE TABLE base_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	side VARCHAR(20) NOT NULL, 
	year INTEGER NOT NULL, 
	request VARCHAR NOT NULL, 
	entered_on DATE NOT NULL, 
	left_on DATE, 
	CONSTRAINT fk_base_entry_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "base_entry" VALUES(1,1,'mentor',2026,'Помощь с планами уроков','2026-11-23',NULL);
INSERT INTO "base_entry" VALUES(2,2,'mentee',2026,'Помощь с планами уроков','2026-11-23',NULL);
INSERT INTO "base_entry" VALUES(3,4,'mentor',2026,'Помощь с планами уроков','2026-11-23',NULL);
INSERT INTO "base_entry" VALUES(4,5,'mentee',2026,'Помощь с планами уроков','2026-11-23',NULL);
INSERT INTO "base_entry" VALUES(5,10,'mentor',2026,'Помощь с планами уроков','2026-11-23',NULL);
INSERT INTO "base_entry" VALUES(6,11,'mentee',2026,'Помощь с планами уроков','2026-11-23',NULL);
INSERT INTO "base_entry" VALUES(7,2,'mentor',2026,'Сам поможет новичкам','2026-11-23',NULL);
CREATE TABLE change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	operation_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	old VARCHAR NOT NULL, 
	new VARCHAR NOT NULL, 
	CONSTRAINT fk_change_operation_id_operation FOREIGN KEY(operation_id) REFERENCES operation (id)
);
INSERT INTO "change" VALUES(1,1,'plan_item',14,'title','"Участие в диагностике: самооценка, беседа, свой урок для посещения"','"Три урока с разбором\nи самоанализ"');
INSERT INTO "change" VALUES(2,2,'plan_item',14,'note','""','"Начали с 9 «А»"');
INSERT INTO "change" VALUES(3,3,'plan_item',1,'title','"Диагностика профессиональных дефицитов наставляемого: беседа, самооценка, посещение урока"','"Показать журнал; «кавычки», '' и ; в строке"');
INSERT INTO "change" VALUES(4,4,'plan_item',2,'title','"Ранжирование дефицитов: с чего начать, что отложить"','"Не то"');
INSERT INTO "change" VALUES(5,5,'plan_item',2,'title','"Не то"','"Ранжирование дефицитов: с чего начать, что отложить"');
INSERT INTO "change" VALUES(6,6,'plan_item',70,'removed_at','"2026-11-23T09:06:00+00:00"','null');
INSERT INTO "change" VALUES(7,7,'plan_item',3,'position','3','4');
INSERT INTO "change" VALUES(8,7,'plan_item',4,'position','4','3');
INSERT INTO "change" VALUES(9,8,'plan_item',4,'removed_at','null','"2026-11-23T09:08:00+00:00"');
INSERT INTO "change" VALUES(10,9,'plan',1,'state','"draft"','"agreed"');
INSERT INTO "change" VALUES(11,9,'plan',1,'agreed_on','null','"2026-11-23"');
INSERT INTO "change" VALUES(12,10,'plan',1,'state','"agreed"','"approved"');
INSERT INTO "change" VALUES(13,10,'plan',1,'approved_on','null','"2026-11-23"');
INSERT INTO "change" VALUES(14,11,'plan_item',5,'title','"Промежуточный контроль: опрос участников, сверка чек-листа"','"После утверждения переписано"');
INSERT INTO "change" VALUES(15,12,'meeting',1,'removed_at','"2026-11-23T09:12:00+00:00"','null');
INSERT INTO "change" VALUES(16,13,'meeting',2,'removed_at','"2026-11-23T09:13:00+00:00"','null');
INSERT INTO "change" VALUES(17,14,'meeting',3,'removed_at','"2026-11-23T09:14:00+00:00"','null');
INSERT INTO "change" VALUES(18,15,'meeting',4,'removed_at','"2026-11-23T09:15:00+00:00"','null');
INSERT INTO "change" VALUES(19,16,'meeting',1,'state','"planned"','"held"');
INSERT INTO "change" VALUES(20,16,'meeting',1,'held_on','null','"2026-11-23"');
INSERT INTO "change" VALUES(21,16,'meeting',1,'minutes','null','40');
INSERT INTO "change" VALUES(22,16,'meeting',1,'done','""','"Разобрали урок"');
INSERT INTO "change" VALUES(23,16,'meeting',1,'noted_at','null','"2026-11-23T09:16:00+00:00"');
INSERT INTO "change" VALUES(24,17,'meeting',5,'removed_at','"2026-11-23T09:16:00+00:00"','null');
INSERT INTO "change" VALUES(25,18,'meeting',2,'planned_on','"2026-11-27"','"2026-11-30"');
INSERT INTO "change" VALUES(26,18,'meeting',2,'planned_time','"15:20"','""');
INSERT INTO "change" VALUES(27,18,'meeting',2,'reason','""','"урок заменили"');
INSERT INTO "change" VALUES(28,19,'meeting',3,'state','"planned"','"missed"');
INSERT INTO "change" VALUES(29,19,'meeting',3,'reason','""','"карантин"');
INSERT INTO "change" VALUES(30,20,'meeting',4,'removed_at','null','"2026-11-23T09:19:00+00:00"');
INSERT INTO "change" VALUES(31,21,'person',13,'last_name','null','"Орлова"');
INSERT INTO "change" VALUES(32,21,'person',13,'first_name','null','"Нина"');
INSERT INTO "change" VALUES(33,21,'person',13,'patronymic','null','"Ильинична"');
INSERT INTO "change" VALUES(34,21,'person',13,'sex','null','"f"');
INSERT INTO "change" VALUES(35,21,'person',13,'kind','null','"teacher"');
INSERT INTO "change" VALUES(36,21,'person',13,'phone','','');
INSERT INTO "change" VALUES(37,21,'person',13,'email','','');
INSERT INTO "change" VALUES(38,22,'consent',13,'signed_on','null','"2026-09-01"');
INSERT INTO "change" VALUES(39,22,'consent',13,'by_representative','null','false');
INSERT INTO "change" VALUES(40,22,'consent',13,'signer','null','""');
INSERT INTO "change" VALUES(41,22,'consent',13,'paper_place','null','""');
INSERT INTO "change" VALUES(42,23,'person',13,'archived_at','null','"2026-11-23T09:22:00+00:00"');
INSERT INTO "change" VALUES(43,24,'base_entry',7,'side','null','"mentor"');
INSERT INTO "change" VALUES(44,24,'base_entry',7,'year','null','2026');
INSERT INTO "change" VALUES(45,24,'base_entry',7,'request','null','"Сам поможет новичкам"');
INSERT INTO "change" VALUES(46,24,'base_entry',7,'entered_on','null','"2026-11-23"');
INSERT INTO "change" VALUES(47,25,'pair',2,'state','"active"','"paused"');
INSERT INTO "change" VALUES(48,25,'pair',2,'state_reason','""','"болезнь"');
CREATE TABLE consent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	signed_on DATE NOT NULL, 
	valid_to DATE, 
	withdrawn_on DATE, 
	by_representative BOOLEAN NOT NULL, 
	signer VARCHAR NOT NULL, 
	paper_place VARCHAR NOT NULL, 
	CONSTRAINT fk_consent_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "consent" VALUES(1,1,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(2,2,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(3,3,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(4,4,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(5,5,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(6,6,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(7,7,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(8,8,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(9,9,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(10,10,'2026-09-01',NULL,NULL,1,'мать','папка 1');
INSERT INTO "consent" VALUES(11,11,'2026-09-01',NULL,NULL,1,'мать','папка 1');
INSERT INTO "consent" VALUES(12,12,'2026-09-01',NULL,NULL,0,'','папка 1');
INSERT INTO "consent" VALUES(13,2,'2026-09-01',NULL,NULL,0,'','');
CREATE TABLE enrolment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	class_id INTEGER, 
	post VARCHAR NOT NULL, 
	CONSTRAINT uq_enrolment_person_id_year UNIQUE (person_id, year), 
	CONSTRAINT fk_enrolment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_enrolment_class_id_school_class FOREIGN KEY(class_id) REFERENCES school_class (id)
);
INSERT INTO "enrolment" VALUES(1,1,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(2,2,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(3,3,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(4,4,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(5,5,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(6,6,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(7,7,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(8,8,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(9,9,2026,NULL,'учитель математики');
INSERT INTO "enrolment" VALUES(10,10,2026,1,'');
INSERT INTO "enrolment" VALUES(11,11,2026,1,'');
INSERT INTO "enrolment" VALUES(12,12,2026,NULL,'учитель математики');
CREATE TABLE form_version (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	form_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	content JSON NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	published_at DATETIME NOT NULL, 
	CONSTRAINT uq_form_version_form_id_number UNIQUE (form_id, number), 
	CONSTRAINT fk_form_version_form_id_mentoring_form FOREIGN KEY(form_id) REFERENCES mentoring_form (id)
);
INSERT INTO "form_version" VALUES(1,'teacher-teacher',1,'{"id": "teacher-teacher", "title": "Учитель — учитель", "short_title": "учитель — учитель", "summary": "Опытный педагог помогает молодому или новому в школе коллеге: вместе находят профессиональные дефициты, расставляют их по очереди и устраняют за учебный год.", "source": "Целевая модель наставничества (распоряжение Минпросвещения России № Р-145), письмо № АЗ-1128/08 о наставничестве педагогических работников, статья 351.8 Трудового кодекса РФ. Формулировки составлены для этой программы, школа вправе менять их под себя.", "mentor": {"nominative": "наставник", "genitive": "наставника", "dative": "наставнику", "plural": "наставники", "kinds": ["teacher", "staff", "veteran"]}, "mentee": {"nominative": "наставляемый", "genitive": "наставляемого", "dative": "наставляемому", "plural": "наставляемые", "kinds": ["teacher", "staff"]}, "organisation": ["1:1", "1:N", "N:1", "N:M"], "models": [{"id": "traditional", "title": "Традиционная: один на один, постоянно"}, {"id": "situational", "title": "Ситуативная: помощь, когда она понадобилась"}, {"id": "goal", "title": "Целеполагающая: встречи по графику ради выбранной цели"}, {"id": "project", "title": "Проектная: общий образовательный проект"}, {"id": "motivational", "title": "Мотивационная: творческие встречи с мастером"}, {"id": "flash", "title": "Флэш: короткие разовые встречи"}, {"id": "reverse", "title": "Реверсивная: менее опытный учит опытного"}, {"id": "virtual", "title": "Виртуальная: встречи и советы на расстоянии"}], "subtypes": [{"id": "experienced_novice", "title": "Опытный педагог — молодой специалист", "aim": "Помочь начинающему педагогу освоить ремесло — урок, класс, документы — и остаться в школе.", "categories": ["стаж от 0 до 3 лет", "первый год в этой школе", "возвращение к работе после перерыва"]}, {"id": "class_teacher_novice", "title": "Опытный классный руководитель — молодой специалист", "aim": "Научить вести класс: собрания, родители, трудные случаи, документы классного руководителя — и закрепить специалиста в школе.", "categories": ["первое классное руководство", "стаж от 0 до 3 лет", "новый класс в середине ступени"]}, {"id": "leader_support", "title": "Лидер педагогического сообщества — педагог, которому нужна поддержка", "aim": "Поддержать коллегу, вернуть уверенность и интерес к делу, помочь проявить свои сильные стороны.", "categories": ["адаптация на новом месте", "желание вернуть интерес к работе", "трудности в общении с классом, родителями или коллегами"]}, {"id": "innovator_traditional", "title": "Педагог-новатор — педагог с устоявшимся опытом", "aim": "Помочь освоить современные программы, цифровые средства и новые приёмы, не теряя того, что уже работает.", "categories": ["освоение новых программ", "освоение цифровых средств", "желание обновить свои уроки"]}, {"id": "subject_methods", "title": "Опытный предметник — неопытный предметник", "aim": "Дать методическую поддержку по предмету: содержание, задания, оценивание, подготовка к проверочным работам и экзаменам.", "categories": ["новый для педагога предмет или параллель", "переход из другого типа организации", "желание повысить уровень преподавания предмета"]}], "length_days": 270, "meeting_every_days": 7, "alert_days": 21, "plans": {"pair": {"owner": "pair", "title": "План работы пары", "columns": [{"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Чек-лист дефицитов", "Уточнённый чек-лист", "Планы работы участников", "Технологическая карта урока", "Методическая разработка", "Открытый урок", "Протокол опроса", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Диагностика профессиональных дефицитов наставляемого: беседа, самооценка, посещение урока", "goal": "Понять, с чем помощь нужна в первую очередь", "result": "Составлен чек-лист дефицитов, у каждого отмечен уровень", "report": "Чек-лист дефицитов"}, "section": "", "due": {"after_start": 7}, "report_due": {"after_start": 12}}, {"cells": {"what": "Ранжирование дефицитов: с чего начать, что отложить", "goal": "Договориться о порядке работы, с которым согласны оба", "result": "У каждого дефицита в чек-листе есть номер очереди", "report": "Уточнённый чек-лист"}, "section": "", "due": {"after_start": 14}, "report_due": {"after_start": 16}}, {"cells": {"what": "Составление планов работы наставника, наставляемого и куратора", "goal": "Решить, кто, что и к какому сроку делает", "result": "Три плана сверены между собой и готовы к утверждению", "report": "Планы работы участников"}, "section": "", "due": {"after_start": 21}, "report_due": {"after_start": 23}}, {"cells": {"what": "Работа по планам: встречи, посещения уроков, практикумы", "goal": "Устранить дефициты из чек-листа", "result": "Наставляемый применяет освоенное на своих уроках, есть собственные разработки", "report": "Методическая разработка"}, "section": "", "due": {"year": true}, "report_due": {"before_end": 21}}, {"cells": {"what": "Промежуточный контроль: опрос участников, сверка чек-листа", "goal": "Увидеть, помогает ли работа, и вовремя поправить планы", "result": "Известно, какие дефициты устранены, поправки внесены в планы", "report": "Протокол опроса"}, "section": "", "due": {"month": 1}, "report_due": {"until": "31.01"}}, {"cells": {"what": "Итоговый контроль: сравнение чек-листа в начале и в конце, опрос участников", "goal": "Оценить, чего достигла пара, и решить, нужна ли работа дальше", "result": "По каждому дефициту записан уровень «до» и «после», решение о завершении или продолжении принято", "report": "Протокол опроса"}, "section": "", "due": {"before_end": 21}, "report_due": {"before_end": 14}}], "notes": ["На промежуточный контроль выберите одно или несколько: удовлетворённость участников своей работой; эмоциональное состояние участников; прирост собственных разработок наставляемого.", "На итоговый контроль выберите одно или несколько: удовлетворённость участников своей работой; эмоциональное состояние участников; прирост собственных разработок наставляемого; выступления наставляемого за пределами школы."]}, "mentor": {"owner": "mentor", "title": "План работы наставника", "columns": [{"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Папка методик", "Протокол диагностики", "Проект чек-листа дефицитов", "Чек-лист дефицитов", "Лист посещения урока", "Технологическая карта урока", "Открытый урок", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Подбор материалов для диагностики: вопросы беседы, лист самооценки, лист посещения урока", "goal": "Подготовиться к диагностике", "result": "Собраны три-четыре методики, понятные обоим", "report": "Папка методик"}, "section": "", "due": {"after_start": 4}, "report_due": {"after_start": 5}}, {"cells": {"what": "Проведение диагностики: беседа, самооценка наставляемого, посещение двух уроков", "goal": "Собрать сведения о сильных сторонах и дефицитах", "result": "Заполнены лист самооценки и листы посещения уроков", "report": "Протокол диагностики"}, "section": "", "due": {"after_start": 7}, "report_due": {"after_start": 8}}, {"cells": {"what": "Обработка результатов диагностики", "goal": "Отделить главное от случайного и назвать дефициты", "result": "Перечень дефицитов с уровнем каждого", "report": "Проект чек-листа дефицитов"}, "section": "", "due": {"after_start": 10}, "report_due": {"after_start": 12}}, {"cells": {"what": "Согласование с наставляемым очерёдности дефицитов", "goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, согласный с мнением обоих", "report": "Чек-лист дефицитов"}, "section": "", "due": {"after_start": 14}, "report_due": {"after_start": 16}}, {"cells": {"what": "Практикум по дефициту № 1: показ приёма, совместная подготовка, урок наставляемого, разбор", "goal": "Отработать умение, которого не хватает больше всего", "result": "Наставляемый сам готовит и проводит урок с новым приёмом", "report": "Технологическая карта урока"}, "section": "", "due": {"after_start": 30}, "report_due": {"after_start": 37}}, {"cells": {"what": "Итоговый контроль: посещение и разбор открытого урока наставляемого", "goal": "Увидеть на уроке, что освоено за время работы", "result": "Урок разобран, уровень «после» отмечен в чек-листе", "report": "Открытый урок"}, "section": "", "due": {"month": 4}, "report_due": {"until": "30.04"}}, {"cells": {"what": "Отчёт о работе наставника", "goal": "Подвести итоги плана и программы", "result": "Описано, что сделано, что помогло и что советуем другим парам", "report": "Аналитическая справка"}, "section": "", "due": {"before_end": 14}, "report_due": {"before_end": 11}}], "notes": ["Строку с практикумом повторите для каждого дефицита первой очереди: один практикум в четыре — шесть недель.", "Уроки наставляемого посещают не реже двух раз в месяц: эти встречи записывают на вкладке «Встречи», в план их вносить не нужно."]}, "mentee": {"owner": "mentee", "title": "План работы наставляемого", "columns": [{"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Протокол диагностики", "Чек-лист дефицитов", "Технологическая карта урока", "Электронный образовательный ресурс", "Открытый урок", "Самоанализ урока", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Участие в диагностике: самооценка, беседа, свой урок для посещения", "goal": "Увидеть свои сильные стороны и дефициты", "result": "Перечень умений, над которыми предстоит работать", "report": "Протокол диагностики"}, "section": "", "due": {"after_start": 7}, "report_due": {"after_start": 8}}, {"cells": {"what": "Согласование с наставником очерёдности дефицитов", "goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, понятный и посильный", "report": "Чек-лист дефицитов"}, "section": "", "due": {"after_start": 14}, "report_due": {"after_start": 16}}, {"cells": {"what": "Практикум по дефициту № 1: урок с новым приёмом и собственный материал к нему", "goal": "Освоить умение и применить его на своём уроке", "result": "Урок проведён и разобран, материал готов к повторному использованию", "report": "Электронный образовательный ресурс"}, "section": "", "due": {"after_start": 30}, "report_due": {"after_start": 37}}, {"cells": {"what": "Итоговый контроль: открытый урок для коллег", "goal": "Показать, что освоено за время работы с наставником", "result": "Урок проведён, самоанализ обсуждён с наставником", "report": "Открытый урок"}, "section": "", "due": {"month": 4}, "report_due": {"until": "30.04"}}, {"cells": {"what": "Отчёт о выполнении плана наставляемого", "goal": "Подвести итоги плана и наметить следующие шаги", "result": "Описано, чему удалось научиться, приложены собственные разработки", "report": "Аналитическая справка"}, "section": "", "due": {"before_end": 14}, "report_due": {"before_end": 11}}], "notes": ["Строку с практикумом повторите для каждого дефицита первой очереди, в том же порядке, что в плане наставника."]}, "curator": {"owner": "curator", "title": "План работы куратора", "columns": [{"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Пакет диагностических материалов", "Утверждённый чек-лист", "Протокол опроса", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Консультация наставника у методиста или психолога о выборе диагностики (если нужна)", "goal": "Помочь подобрать надёжные и посильные методики", "result": "Вопросы наставника решены, методики выбраны", "report": "Пакет диагностических материалов"}, "section": "", "due": {"after_start": 3}, "report_due": {"after_start": 5}}, {"cells": {"what": "Утверждение чек-листа дефицитов наставляемого", "goal": "Убедиться, что перечень обоснован и посилен на срок работы пары", "result": "Чек-лист утверждён, по нему составлены планы", "report": "Утверждённый чек-лист"}, "section": "", "due": {"after_start": 18}, "report_due": {"after_start": 18}}, {"cells": {"what": "Промежуточный контроль: опрос участников, просмотр планов и встреч", "goal": "Проверить, как выполняется программа и нужна ли паре помощь", "result": "Первые данные собраны, предложения переданы паре", "report": "Протокол опроса"}, "section": "", "due": {"month": 1}, "report_due": {"until": "31.01"}}, {"cells": {"what": "Итоговый контроль: опрос участников, сверка чек-листа и планов", "goal": "Установить, выполнена ли программа", "result": "Программа завершена, удовлетворённость обеих сторон известна", "report": "Протокол опроса"}, "section": "", "due": {"before_end": 21}, "report_due": {"before_end": 14}}, {"cells": {"what": "Утверждение отчётов наставника и наставляемого", "goal": "Подвести итоги работы пары", "result": "Отчёты приняты, выводы учтены в программе следующего года", "report": "Аналитическая справка"}, "section": "", "due": {"before_end": 7}, "report_due": {"before_end": 0}}], "notes": []}}, "meetings": [{"id": "acquaintance", "title": "Знакомство", "minutes": 45, "agenda": ["Рассказать о себе: предмет, классы, опыт, что получается лучше всего", "Чего каждый ждёт от совместной работы", "Как часто, где и сколько времени встречаемся", "Как связываемся между встречами и как скоро отвечаем", "Что из сказанного остаётся только между нами", "К кому идти, если что-то не складывается: куратор", "Дата пробной встречи"], "per_month": null}, {"id": "trial", "title": "Пробная рабочая", "minutes": 45, "agenda": ["Выбрать одну небольшую задачу: фрагмент урока, задание, письмо родителям", "Сделать её вместе до конца", "Что получилось и что этому помогло", "Как удобнее работать дальше: показ, разбор, совместная подготовка", "Предупредить: о впечатлении от встречи куратор спросит каждого отдельно", "Дата встречи-планирования"], "per_month": null}, {"id": "planning", "title": "Планирование", "minutes": 60, "agenda": ["Посмотреть результаты диагностики", "Выбрать три — пять дефицитов и расставить их по очереди", "Договориться, по каким признакам увидим результат", "Заполнить план пары: мероприятия, сроки, форма отчётности", "Сверить планы наставника и наставляемого: нет ли пустых и перегруженных месяцев", "Подписать соглашение о наставничестве", "Дата первой регулярной встречи"], "per_month": null}, {"id": "regular", "title": "Регулярная", "minutes": 40, "agenda": ["Что сделано с прошлой встречи", "Что получилось, что нет и почему", "Разобрать подробно один случай или один урок", "Новое: приём, материал, документ — и где его применить", "Какая помощь нужна до следующей встречи", "Задание и срок", "Дата следующей встречи"], "per_month": null}, {"id": "lesson_visit", "title": "Посещение урока наставляемого", "minutes": 75, "agenda": ["До урока: тема, цель и на что наставнику смотреть", "Начало урока: как класс включился и понял цель", "Ход урока: время на этапы, смена работы, задания разной трудности", "Ученики: кто работал, кому нужна была помощь, порядок в классе", "Обратная связь и оценка: понимает ли ученик, что у него получилось", "После урока: первым говорит наставляемый — что удалось, что изменить", "Сильные стороны урока", "Одна-две рекомендации к следующему посещению"], "per_month": 2}, {"id": "mentor_lesson", "title": "Наставляемый на уроке наставника", "minutes": 75, "agenda": ["До урока: какой приём смотрим и зачем", "Как наставник начинает урок и ставит цель", "Как устроены задания и переходы между ними", "Как наставник поддерживает порядок и отвечает на неожиданное", "После урока: вопросы наставляемого", "Что взять на свой урок и в каком классе", "Когда пробуем: класс и дата"], "per_month": null}, {"id": "interim", "title": "Промежуточная", "minutes": 60, "agenda": ["Пройти чек-лист: что уже освоено, что в работе", "Сверить планы: сделано, просрочено, больше не нужно", "Что в нашей работе помогает, что мешает", "Какие разработки появились у наставляемого", "Поправки в планы и новые сроки", "Напомнить о промежуточном опросе куратора", "Дата следующей встречи"], "per_month": null}, {"id": "final", "title": "Заключительная", "minutes": 60, "agenda": ["Пройти чек-лист: уровень в начале и сейчас", "Достигнута ли цель: по каким признакам это видно", "Чему научился каждый из нас", "Что осталось и как наставляемый продолжит сам", "Отчёты обоих: что ещё приложить", "Готовы ли показать опыт пары коллегам", "Поблагодарить друг друга"], "per_month": null}], "texts": {"goal": ["Помочь молодому или новому в школе педагогу уверенно работать, расти в профессии и остаться в коллективе, где опытом делятся."], "tasks": ["Выявить профессиональные дефициты наставляемого и договориться, в каком порядке их устранять", "Ввести педагога в жизнь школы: её порядок, традиции, документы и людей", "Научить разбирать собственную работу: что получилось, почему и что изменить", "Пробудить интерес к методике урока и к опыту лучших коллег", "Отработать на практике приёмы, которых наставляемому не хватает", "Поддержать педагога в трудное время, укрепить веру в свои силы", "Помочь подготовить собственные разработки, портфолио и материалы к аттестации", "Следить за изменениями и вовремя поправлять планы пары"], "results": ["Наставляемый: самостоятельно готовит, проводит и разбирает урок", "Наставляемый: увереннее решает вопросы педагогики и психологии", "Наставляемый: имеет собственные разработки, публикации, дидактические материалы", "Наставляемый: участвует в конкурсах, фестивалях, открытых мероприятиях", "Наставляемый: ведёт портфолио", "Наставляемый: готов к аттестации", "Наставник: видит плоды своей работы и признание коллег", "Наставник: совершенствует собственное мастерство", "Наставник: получает материалы для аттестации", "Школа: новые педагоги быстро осваиваются и остаются работать", "Школа: коллектив стабилен, растёт в профессии, в нём меньше конфликтов"], "mentor_rights": ["Приглашать наставляемого на мероприятия, нужные для выполнения программы", "Обсуждать с администрацией вопросы наставничества и работу наставляемого", "Выбирать, как и когда проверять выполнение заданий и плана", "Ожидать от наставляемого выполнения согласованной программы", "Входить в комиссии, которые аттестуют наставляемого или оценивают его работу", "Участвовать в оценке программы наставничества и условий для неё", "Предлагать куратору изменения в планах, документах и порядке работы", "Получать у куратора методическую и организационную помощь", "Подать руководителю школы заявление и сложить обязанности: по личным причинам или потому, что план выполнен"], "mentor_duties": ["Вместе с наставляемым составить программу, вовремя её поправлять и оценивать, что вышло на деле", "Встречаться лично: разбирать сделанное, ход плана, способы работы", "Замечать ошибки и исправлять их вместе с наставляемым", "Делиться опытом, показывать удобные приёмы, помогать в непростых случаях", "Спокойно и сразу говорить о нарушениях дисциплины и договорённостей", "Поддерживать личным примером и уважением", "Участвовать в учёбе и встречах наставников", "Если наставник работает не в школе — до начала работы представить справку об отсутствии судимости, медицинские и другие нужные документы"], "mentee_rights": ["Пользоваться документами, методическими материалами и другими ресурсами школы, нужными для программы", "Спрашивать у наставника совета, помощи, нужных сведений", "Просить куратора о замене наставника, если сотрудничество не складывается"], "mentee_duties": ["Выполнять задания программы в срок и обсуждать их с наставником", "Вместе с наставником находить и исправлять ошибки", "Учитывать советы наставника и пробовать новое на своих уроках", "Рассказывать наставнику, что сделано по плану", "Сообщать о трудностях, не дожидаясь срока", "Соблюдать договорённости, быть организованным и ответственным", "Участвовать в мероприятиях для наставляемых, которые проводит школа"]}}','29dd8b1552334958c6c520a9c88f7ba24d0034a050e562d9d02d9ca01d533eac','2026-11-23 09:00:00.000000');
INSERT INTO "form_version" VALUES(2,'pupils-test',1,'{"id": "pupils-test", "title": "Пробная форма для учеников", "short_title": "учитель — учитель", "summary": "Опытный педагог помогает молодому или новому в школе коллеге: вместе находят профессиональные дефициты, расставляют их по очереди и устраняют за учебный год.", "source": "Целевая модель наставничества (распоряжение Минпросвещения России № Р-145), письмо № АЗ-1128/08 о наставничестве педагогических работников, статья 351.8 Трудового кодекса РФ. Формулировки составлены для этой программы, школа вправе менять их под себя.", "mentor": {"nominative": "наставник", "genitive": "наставника", "dative": "наставнику", "plural": "наставники", "kinds": ["pupil"]}, "mentee": {"nominative": "наставляемый", "genitive": "наставляемого", "dative": "наставляемому", "plural": "наставляемые", "kinds": ["pupil"]}, "organisation": ["1:1", "1:N", "N:1", "N:M"], "models": [{"id": "traditional", "title": "Традиционная: один на один, постоянно"}, {"id": "situational", "title": "Ситуативная: помощь, когда она понадобилась"}, {"id": "goal", "title": "Целеполагающая: встречи по графику ради выбранной цели"}, {"id": "project", "title": "Проектная: общий образовательный проект"}, {"id": "motivational", "title": "Мотивационная: творческие встречи с мастером"}, {"id": "flash", "title": "Флэш: короткие разовые встречи"}, {"id": "reverse", "title": "Реверсивная: менее опытный учит опытного"}, {"id": "virtual", "title": "Виртуальная: встречи и советы на расстоянии"}], "subtypes": [{"id": "experienced_novice", "title": "Опытный педагог — молодой специалист", "aim": "Помочь начинающему педагогу освоить ремесло — урок, класс, документы — и остаться в школе.", "categories": ["стаж от 0 до 3 лет", "первый год в этой школе", "возвращение к работе после перерыва"]}, {"id": "class_teacher_novice", "title": "Опытный классный руководитель — молодой специалист", "aim": "Научить вести класс: собрания, родители, трудные случаи, документы классного руководителя — и закрепить специалиста в школе.", "categories": ["первое классное руководство", "стаж от 0 до 3 лет", "новый класс в середине ступени"]}, {"id": "leader_support", "title": "Лидер педагогического сообщества — педагог, которому нужна поддержка", "aim": "Поддержать коллегу, вернуть уверенность и интерес к делу, помочь проявить свои сильные стороны.", "categories": ["адаптация на новом месте", "желание вернуть интерес к работе", "трудности в общении с классом, родителями или коллегами"]}, {"id": "innovator_traditional", "title": "Педагог-новатор — педагог с устоявшимся опытом", "aim": "Помочь освоить современные программы, цифровые средства и новые приёмы, не теряя того, что уже работает.", "categories": ["освоение новых программ", "освоение цифровых средств", "желание обновить свои уроки"]}, {"id": "subject_methods", "title": "Опытный предметник — неопытный предметник", "aim": "Дать методическую поддержку по предмету: содержание, задания, оценивание, подготовка к проверочным работам и экзаменам.", "categories": ["новый для педагога предмет или параллель", "переход из другого типа организации", "желание повысить уровень преподавания предмета"]}], "length_days": 270, "meeting_every_days": 7, "alert_days": 21, "plans": {"pair": {"owner": "pair", "title": "План работы пары", "columns": [{"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Чек-лист дефицитов", "Уточнённый чек-лист", "Планы работы участников", "Технологическая карта урока", "Методическая разработка", "Открытый урок", "Протокол опроса", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Диагностика профессиональных дефицитов наставляемого: беседа, самооценка, посещение урока", "goal": "Понять, с чем помощь нужна в первую очередь", "result": "Составлен чек-лист дефицитов, у каждого отмечен уровень", "report": "Чек-лист дефицитов"}, "section": "", "due": {"after_start": 7}, "report_due": {"after_start": 12}}, {"cells": {"what": "Ранжирование дефицитов: с чего начать, что отложить", "goal": "Договориться о порядке работы, с которым согласны оба", "result": "У каждого дефицита в чек-листе есть номер очереди", "report": "Уточнённый чек-лист"}, "section": "", "due": {"after_start": 14}, "report_due": {"after_start": 16}}, {"cells": {"what": "Составление планов работы наставника, наставляемого и куратора", "goal": "Решить, кто, что и к какому сроку делает", "result": "Три плана сверены между собой и готовы к утверждению", "report": "Планы работы участников"}, "section": "", "due": {"after_start": 21}, "report_due": {"after_start": 23}}, {"cells": {"what": "Работа по планам: встречи, посещения уроков, практикумы", "goal": "Устранить дефициты из чек-листа", "result": "Наставляемый применяет освоенное на своих уроках, есть собственные разработки", "report": "Методическая разработка"}, "section": "", "due": {"year": true}, "report_due": {"before_end": 21}}, {"cells": {"what": "Промежуточный контроль: опрос участников, сверка чек-листа", "goal": "Увидеть, помогает ли работа, и вовремя поправить планы", "result": "Известно, какие дефициты устранены, поправки внесены в планы", "report": "Протокол опроса"}, "section": "", "due": {"month": 1}, "report_due": {"until": "31.01"}}, {"cells": {"what": "Итоговый контроль: сравнение чек-листа в начале и в конце, опрос участников", "goal": "Оценить, чего достигла пара, и решить, нужна ли работа дальше", "result": "По каждому дефициту записан уровень «до» и «после», решение о завершении или продолжении принято", "report": "Протокол опроса"}, "section": "", "due": {"before_end": 21}, "report_due": {"before_end": 14}}], "notes": ["На промежуточный контроль выберите одно или несколько: удовлетворённость участников своей работой; эмоциональное состояние участников; прирост собственных разработок наставляемого.", "На итоговый контроль выберите одно или несколько: удовлетворённость участников своей работой; эмоциональное состояние участников; прирост собственных разработок наставляемого; выступления наставляемого за пределами школы."]}, "mentor": {"owner": "mentor", "title": "План работы наставника", "columns": [{"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Папка методик", "Протокол диагностики", "Проект чек-листа дефицитов", "Чек-лист дефицитов", "Лист посещения урока", "Технологическая карта урока", "Открытый урок", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Подбор материалов для диагностики: вопросы беседы, лист самооценки, лист посещения урока", "goal": "Подготовиться к диагностике", "result": "Собраны три-четыре методики, понятные обоим", "report": "Папка методик"}, "section": "", "due": {"after_start": 4}, "report_due": {"after_start": 5}}, {"cells": {"what": "Проведение диагностики: беседа, самооценка наставляемого, посещение двух уроков", "goal": "Собрать сведения о сильных сторонах и дефицитах", "result": "Заполнены лист самооценки и листы посещения уроков", "report": "Протокол диагностики"}, "section": "", "due": {"after_start": 7}, "report_due": {"after_start": 8}}, {"cells": {"what": "Обработка результатов диагностики", "goal": "Отделить главное от случайного и назвать дефициты", "result": "Перечень дефицитов с уровнем каждого", "report": "Проект чек-листа дефицитов"}, "section": "", "due": {"after_start": 10}, "report_due": {"after_start": 12}}, {"cells": {"what": "Согласование с наставляемым очерёдности дефицитов", "goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, согласный с мнением обоих", "report": "Чек-лист дефицитов"}, "section": "", "due": {"after_start": 14}, "report_due": {"after_start": 16}}, {"cells": {"what": "Практикум по дефициту № 1: показ приёма, совместная подготовка, урок наставляемого, разбор", "goal": "Отработать умение, которого не хватает больше всего", "result": "Наставляемый сам готовит и проводит урок с новым приёмом", "report": "Технологическая карта урока"}, "section": "", "due": {"after_start": 30}, "report_due": {"after_start": 37}}, {"cells": {"what": "Итоговый контроль: посещение и разбор открытого урока наставляемого", "goal": "Увидеть на уроке, что освоено за время работы", "result": "Урок разобран, уровень «после» отмечен в чек-листе", "report": "Открытый урок"}, "section": "", "due": {"month": 4}, "report_due": {"until": "30.04"}}, {"cells": {"what": "Отчёт о работе наставника", "goal": "Подвести итоги плана и программы", "result": "Описано, что сделано, что помогло и что советуем другим парам", "report": "Аналитическая справка"}, "section": "", "due": {"before_end": 14}, "report_due": {"before_end": 11}}], "notes": ["Строку с практикумом повторите для каждого дефицита первой очереди: один практикум в четыре — шесть недель.", "Уроки наставляемого посещают не реже двух раз в месяц: эти встречи записывают на вкладке «Встречи», в план их вносить не нужно."]}, "mentee": {"owner": "mentee", "title": "План работы наставляемого", "columns": [{"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Протокол диагностики", "Чек-лист дефицитов", "Технологическая карта урока", "Электронный образовательный ресурс", "Открытый урок", "Самоанализ урока", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Участие в диагностике: самооценка, беседа, свой урок для посещения", "goal": "Увидеть свои сильные стороны и дефициты", "result": "Перечень умений, над которыми предстоит работать", "report": "Протокол диагностики"}, "section": "", "due": {"after_start": 7}, "report_due": {"after_start": 8}}, {"cells": {"what": "Согласование с наставником очерёдности дефицитов", "goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, понятный и посильный", "report": "Чек-лист дефицитов"}, "section": "", "due": {"after_start": 14}, "report_due": {"after_start": 16}}, {"cells": {"what": "Практикум по дефициту № 1: урок с новым приёмом и собственный материал к нему", "goal": "Освоить умение и применить его на своём уроке", "result": "Урок проведён и разобран, материал готов к повторному использованию", "report": "Электронный образовательный ресурс"}, "section": "", "due": {"after_start": 30}, "report_due": {"after_start": 37}}, {"cells": {"what": "Итоговый контроль: открытый урок для коллег", "goal": "Показать, что освоено за время работы с наставником", "result": "Урок проведён, самоанализ обсуждён с наставником", "report": "Открытый урок"}, "section": "", "due": {"month": 4}, "report_due": {"until": "30.04"}}, {"cells": {"what": "Отчёт о выполнении плана наставляемого", "goal": "Подвести итоги плана и наметить следующие шаги", "result": "Описано, чему удалось научиться, приложены собственные разработки", "report": "Аналитическая справка"}, "section": "", "due": {"before_end": 14}, "report_due": {"before_end": 11}}], "notes": ["Строку с практикумом повторите для каждого дефицита первой очереди, в том же порядке, что в плане наставника."]}, "curator": {"owner": "curator", "title": "План работы куратора", "columns": [{"id": "due", "title": "Дата", "kind": "due", "width": 10, "role": "due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "what", "title": "Мероприятие", "kind": "long", "width": 25, "role": "title", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "goal", "title": "Цель", "kind": "long", "width": 19, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "result", "title": "Планируемый результат", "kind": "long", "width": 22, "role": null, "suggest": [], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report", "title": "Форма отчётности", "kind": "text", "width": 14, "role": null, "suggest": ["Пакет диагностических материалов", "Утверждённый чек-лист", "Протокол опроса", "Аналитическая справка"], "limits": {"options": {}, "low": null, "high": null}}, {"id": "report_due", "title": "Срок отчётности", "kind": "due", "width": 10, "role": "report_due", "suggest": [], "limits": {"options": {}, "low": null, "high": null}}], "items": [{"cells": {"what": "Консультация наставника у методиста или психолога о выборе диагностики (если нужна)", "goal": "Помочь подобрать надёжные и посильные методики", "result": "Вопросы наставника решены, методики выбраны", "report": "Пакет диагностических материалов"}, "section": "", "due": {"after_start": 3}, "report_due": {"after_start": 5}}, {"cells": {"what": "Утверждение чек-листа дефицитов наставляемого", "goal": "Убедиться, что перечень обоснован и посилен на срок работы пары", "result": "Чек-лист утверждён, по нему составлены планы", "report": "Утверждённый чек-лист"}, "section": "", "due": {"after_start": 18}, "report_due": {"after_start": 18}}, {"cells": {"what": "Промежуточный контроль: опрос участников, просмотр планов и встреч", "goal": "Проверить, как выполняется программа и нужна ли паре помощь", "result": "Первые данные собраны, предложения переданы паре", "report": "Протокол опроса"}, "section": "", "due": {"month": 1}, "report_due": {"until": "31.01"}}, {"cells": {"what": "Итоговый контроль: опрос участников, сверка чек-листа и планов", "goal": "Установить, выполнена ли программа", "result": "Программа завершена, удовлетворённость обеих сторон известна", "report": "Протокол опроса"}, "section": "", "due": {"before_end": 21}, "report_due": {"before_end": 14}}, {"cells": {"what": "Утверждение отчётов наставника и наставляемого", "goal": "Подвести итоги работы пары", "result": "Отчёты приняты, выводы учтены в программе следующего года", "report": "Аналитическая справка"}, "section": "", "due": {"before_end": 7}, "report_due": {"before_end": 0}}], "notes": []}}, "meetings": [{"id": "acquaintance", "title": "Знакомство", "minutes": 45, "agenda": ["Рассказать о себе: предмет, классы, опыт, что получается лучше всего", "Чего каждый ждёт от совместной работы", "Как часто, где и сколько времени встречаемся", "Как связываемся между встречами и как скоро отвечаем", "Что из сказанного остаётся только между нами", "К кому идти, если что-то не складывается: куратор", "Дата пробной встречи"], "per_month": null}, {"id": "trial", "title": "Пробная рабочая", "minutes": 45, "agenda": ["Выбрать одну небольшую задачу: фрагмент урока, задание, письмо родителям", "Сделать её вместе до конца", "Что получилось и что этому помогло", "Как удобнее работать дальше: показ, разбор, совместная подготовка", "Предупредить: о впечатлении от встречи куратор спросит каждого отдельно", "Дата встречи-планирования"], "per_month": null}, {"id": "planning", "title": "Планирование", "minutes": 60, "agenda": ["Посмотреть результаты диагностики", "Выбрать три — пять дефицитов и расставить их по очереди", "Договориться, по каким признакам увидим результат", "Заполнить план пары: мероприятия, сроки, форма отчётности", "Сверить планы наставника и наставляемого: нет ли пустых и перегруженных месяцев", "Подписать соглашение о наставничестве", "Дата первой регулярной встречи"], "per_month": null}, {"id": "regular", "title": "Регулярная", "minutes": 40, "agenda": ["Что сделано с прошлой встречи", "Что получилось, что нет и почему", "Разобрать подробно один случай или один урок", "Новое: приём, материал, документ — и где его применить", "Какая помощь нужна до следующей встречи", "Задание и срок", "Дата следующей встречи"], "per_month": null}, {"id": "lesson_visit", "title": "Посещение урока наставляемого", "minutes": 75, "agenda": ["До урока: тема, цель и на что наставнику смотреть", "Начало урока: как класс включился и понял цель", "Ход урока: время на этапы, смена работы, задания разной трудности", "Ученики: кто работал, кому нужна была помощь, порядок в классе", "Обратная связь и оценка: понимает ли ученик, что у него получилось", "После урока: первым говорит наставляемый — что удалось, что изменить", "Сильные стороны урока", "Одна-две рекомендации к следующему посещению"], "per_month": 2}, {"id": "mentor_lesson", "title": "Наставляемый на уроке наставника", "minutes": 75, "agenda": ["До урока: какой приём смотрим и зачем", "Как наставник начинает урок и ставит цель", "Как устроены задания и переходы между ними", "Как наставник поддерживает порядок и отвечает на неожиданное", "После урока: вопросы наставляемого", "Что взять на свой урок и в каком классе", "Когда пробуем: класс и дата"], "per_month": null}, {"id": "interim", "title": "Промежуточная", "minutes": 60, "agenda": ["Пройти чек-лист: что уже освоено, что в работе", "Сверить планы: сделано, просрочено, больше не нужно", "Что в нашей работе помогает, что мешает", "Какие разработки появились у наставляемого", "Поправки в планы и новые сроки", "Напомнить о промежуточном опросе куратора", "Дата следующей встречи"], "per_month": null}, {"id": "final", "title": "Заключительная", "minutes": 60, "agenda": ["Пройти чек-лист: уровень в начале и сейчас", "Достигнута ли цель: по каким признакам это видно", "Чему научился каждый из нас", "Что осталось и как наставляемый продолжит сам", "Отчёты обоих: что ещё приложить", "Готовы ли показать опыт пары коллегам", "Поблагодарить друг друга"], "per_month": null}], "texts": {"goal": ["Помочь молодому или новому в школе педагогу уверенно работать, расти в профессии и остаться в коллективе, где опытом делятся."], "tasks": ["Выявить профессиональные дефициты наставляемого и договориться, в каком порядке их устранять", "Ввести педагога в жизнь школы: её порядок, традиции, документы и людей", "Научить разбирать собственную работу: что получилось, почему и что изменить", "Пробудить интерес к методике урока и к опыту лучших коллег", "Отработать на практике приёмы, которых наставляемому не хватает", "Поддержать педагога в трудное время, укрепить веру в свои силы", "Помочь подготовить собственные разработки, портфолио и материалы к аттестации", "Следить за изменениями и вовремя поправлять планы пары"], "results": ["Наставляемый: самостоятельно готовит, проводит и разбирает урок", "Наставляемый: увереннее решает вопросы педагогики и психологии", "Наставляемый: имеет собственные разработки, публикации, дидактические материалы", "Наставляемый: участвует в конкурсах, фестивалях, открытых мероприятиях", "Наставляемый: ведёт портфолио", "Наставляемый: готов к аттестации", "Наставник: видит плоды своей работы и признание коллег", "Наставник: совершенствует собственное мастерство", "Наставник: получает материалы для аттестации", "Школа: новые педагоги быстро осваиваются и остаются работать", "Школа: коллектив стабилен, растёт в профессии, в нём меньше конфликтов"], "mentor_rights": ["Приглашать наставляемого на мероприятия, нужные для выполнения программы", "Обсуждать с администрацией вопросы наставничества и работу наставляемого", "Выбирать, как и когда проверять выполнение заданий и плана", "Ожидать от наставляемого выполнения согласованной программы", "Входить в комиссии, которые аттестуют наставляемого или оценивают его работу", "Участвовать в оценке программы наставничества и условий для неё", "Предлагать куратору изменения в планах, документах и порядке работы", "Получать у куратора методическую и организационную помощь", "Подать руководителю школы заявление и сложить обязанности: по личным причинам или потому, что план выполнен"], "mentor_duties": ["Вместе с наставляемым составить программу, вовремя её поправлять и оценивать, что вышло на деле", "Встречаться лично: разбирать сделанное, ход плана, способы работы", "Замечать ошибки и исправлять их вместе с наставляемым", "Делиться опытом, показывать удобные приёмы, помогать в непростых случаях", "Спокойно и сразу говорить о нарушениях дисциплины и договорённостей", "Поддерживать личным примером и уважением", "Участвовать в учёбе и встречах наставников", "Если наставник работает не в школе — до начала работы представить справку об отсутствии судимости, медицинские и другие нужные документы"], "mentee_rights": ["Пользоваться документами, методическими материалами и другими ресурсами школы, нужными для программы", "Спрашивать у наставника совета, помощи, нужных сведений", "Просить куратора о замене наставника, если сотрудничество не складывается"], "mentee_duties": ["Выполнять задания программы в срок и обсуждать их с наставником", "Вместе с наставником находить и исправлять ошибки", "Учитывать советы наставника и пробовать новое на своих уроках", "Рассказывать наставнику, что сделано по плану", "Сообщать о трудностях, не дожидаясь срока", "Соблюдать договорённости, быть организованным и ответственным", "Участвовать в мероприятиях для наставляемых, которые проводит школа"]}}','50f1482599f6e92dfa211914082bbbba104b0c5294f9dfe61fa11a6a284bb824','2026-11-23 09:00:00.000000');
CREATE TABLE login_delay (
	login VARCHAR NOT NULL, 
	wrong INTEGER NOT NULL, 
	wait_until DATETIME NOT NULL, 
	CONSTRAINT pk_login_delay PRIMARY KEY (login)
);
CREATE TABLE login_session (
	id_hash VARCHAR NOT NULL, 
	account_id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_login_session PRIMARY KEY (id_hash), 
	CONSTRAINT fk_login_session_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE meeting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pair_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	form_version_id INTEGER NOT NULL, 
	type_id VARCHAR NOT NULL, 
	type_title VARCHAR NOT NULL, 
	agenda JSON NOT NULL, 
	planned_on DATE, 
	planned_time VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	plan_item_id INTEGER, 
	state VARCHAR(20) NOT NULL, 
	held_on DATE, 
	minutes INTEGER, 
	done VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	noted_at DATETIME, 
	removed_at DATETIME, 
	CONSTRAINT uq_meeting_pair_id_number UNIQUE (pair_id, number), 
	CONSTRAINT fk_meeting_pair_id_pair FOREIGN KEY(pair_id) REFERENCES pair (id), 
	CONSTRAINT fk_meeting_form_version_id_form_version FOREIGN KEY(form_version_id) REFERENCES form_version (id), 
	CONSTRAINT fk_meeting_plan_item_id_plan_item FOREIGN KEY(plan_item_id) REFERENCES plan_item (id)
);
INSERT INTO "meeting" VALUES(1,1,1,1,'acquaintance','Знакомство','[{"text": "Рассказать о себе: предмет, классы, опыт, что получается лучше всего", "done": false}, {"text": "Чего каждый ждёт от совместной работы", "done": false}, {"text": "Как часто, где и сколько времени встречаемся", "done": false}, {"text": "Как связываемся между встречами и как скоро отвечаем", "done": false}, {"text": "Что из сказанного остаётся только между нами", "done": false}, {"text": "К кому идти, если что-то не складывается: куратор", "done": false}, {"text": "Дата пробной встречи", "done": false}]','2026-11-20','15:20','каб. 31',NULL,'held','2026-11-23',40,'Разобрали урок','','2026-11-23 09:16:00.000000',NULL);
INSERT INTO "meeting" VALUES(2,1,2,1,'trial','Пробная рабочая','[{"text": "Выбрать одну небольшую задачу: фрагмент урока, задание, письмо родителям", "done": false}, {"text": "Сделать её вместе до конца", "done": false}, {"text": "Что получилось и что этому помогло", "done": false}, {"text": "Как удобнее работать дальше: показ, разбор, совместная подготовка", "done": false}, {"text": "Предупредить: о впечатлении от встречи куратор спросит каждого отдельно", "done": false}, {"text": "Дата встречи-планирования", "done": false}]','2026-11-30','','каб. 31',NULL,'planned',NULL,NULL,'','урок заменили',NULL,NULL);
INSERT INTO "meeting" VALUES(3,1,3,1,'planning','Планирование','[{"text": "Посмотреть результаты диагностики", "done": false}, {"text": "Выбрать три — пять дефицитов и расставить их по очереди", "done": false}, {"text": "Договориться, по каким признакам увидим результат", "done": false}, {"text": "Заполнить план пары: мероприятия, сроки, форма отчётности", "done": false}, {"text": "Сверить планы наставника и наставляемого: нет ли пустых и перегруженных месяцев", "done": false}, {"text": "Подписать соглашение о наставничестве", "done": false}, {"text": "Дата первой регулярной встречи", "done": false}]','2026-12-04','15:20','каб. 31',NULL,'missed',NULL,NULL,'','карантин',NULL,NULL);
INSERT INTO "meeting" VALUES(4,1,4,1,'regular','Регулярная','[{"text": "Что сделано с прошлой встречи", "done": false}, {"text": "Что получилось, что нет и почему", "done": false}, {"text": "Разобрать подробно один случай или один урок", "done": false}, {"text": "Новое: приём, материал, документ — и где его применить", "done": false}, {"text": "Какая помощь нужна до следующей встречи", "done": false}, {"text": "Задание и срок", "done": false}, {"text": "Дата следующей встречи", "done": false}]','2026-12-11','15:20','каб. 31',NULL,'planned',NULL,NULL,'','',NULL,'2026-11-23 09:19:00.000000');
INSERT INTO "meeting" VALUES(5,1,5,1,'trial','Пробная рабочая','[{"text": "Выбрать одну небольшую задачу: фрагмент урока, задание, письмо родителям", "done": false}, {"text": "Сделать её вместе до конца", "done": false}, {"text": "Что получилось и что этому помогло", "done": false}, {"text": "Как удобнее работать дальше: показ, разбор, совместная подготовка", "done": false}, {"text": "Предупредить: о впечатлении от встречи куратор спросит каждого отдельно", "done": false}, {"text": "Дата встречи-планирования", "done": false}]','2026-12-18','15:20','каб. 31',NULL,'planned',NULL,NULL,'','',NULL,NULL);
CREATE TABLE mentoring_form (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	current_version_id INTEGER, 
	enabled BOOLEAN NOT NULL, 
	CONSTRAINT pk_mentoring_form PRIMARY KEY (id), 
	CONSTRAINT fk_mentoring_form_current_version_id_form_version FOREIGN KEY(current_version_id) REFERENCES form_version (id)
);
INSERT INTO "mentoring_form" VALUES('teacher-teacher','Учитель — учитель',1,1);
INSERT INTO "mentoring_form" VALUES('pupils-test','Пробная форма для учеников',2,1);
CREATE TABLE once (
	"key" VARCHAR NOT NULL, 
	location VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_once PRIMARY KEY ("key")
);
INSERT INTO "once" VALUES('row','/plans/1/items/70','2026-11-23 09:06:00.000000');
INSERT INTO "once" VALUES('meeting 20.11','/meetings/1','2026-11-23 09:12:00.000000');
INSERT INTO "once" VALUES('meeting 27.11','/meetings/2','2026-11-23 09:13:00.000000');
INSERT INTO "once" VALUES('meeting 4.12','/meetings/3','2026-11-23 09:14:00.000000');
INSERT INTO "once" VALUES('meeting 11.12','/meetings/4','2026-11-23 09:15:00.000000');
INSERT INTO "once" VALUES('person','/people/13','2026-11-23 09:20:00.000000');
INSERT INTO "once" VALUES('consent','/people/2','2026-11-23 09:21:00.000000');
INSERT INTO "once" VALUES('base','/bases/mentors?changed=7','2026-11-23 09:23:00.000000');
CREATE TABLE operation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	what VARCHAR NOT NULL, 
	pair_id INTEGER, 
	plan_id INTEGER, 
	undoes_id INTEGER, 
	CONSTRAINT fk_operation_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_operation_pair_id_pair FOREIGN KEY(pair_id) REFERENCES pair (id), 
	CONSTRAINT fk_operation_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT uq_operation_undoes_id UNIQUE (undoes_id), 
	CONSTRAINT fk_operation_undoes_id_operation FOREIGN KEY(undoes_id) REFERENCES operation (id)
);
INSERT INTO "operation" VALUES(1,'2026-11-23 09:01:00.000000',2,'Мероприятие',1,3,NULL);
INSERT INTO "operation" VALUES(2,'2026-11-23 09:02:00.000000',2,'Факт, примечание',1,3,NULL);
INSERT INTO "operation" VALUES(3,'2026-11-23 09:03:00.000000',1,'Мероприятие',1,1,NULL);
INSERT INTO "operation" VALUES(4,'2026-11-23 09:04:00.000000',1,'Мероприятие',1,1,NULL);
INSERT INTO "operation" VALUES(5,'2026-11-23 09:05:00.000000',1,'Отменено: Мероприятие',1,1,4);
INSERT INTO "operation" VALUES(6,'2026-11-23 09:06:00.000000',1,'Строка добавлена',1,1,NULL);
INSERT INTO "operation" VALUES(7,'2026-11-23 09:07:00.000000',1,'Строки переставлены',1,1,NULL);
INSERT INTO "operation" VALUES(8,'2026-11-23 09:08:00.000000',1,'Строка убрана в корзину',1,1,NULL);
INSERT INTO "operation" VALUES(9,'2026-11-23 09:09:00.000000',2,'План согласован',1,1,NULL);
INSERT INTO "operation" VALUES(10,'2026-11-23 09:10:00.000000',3,'План утверждён',1,1,NULL);
INSERT INTO "operation" VALUES(11,'2026-11-23 09:11:00.000000',1,'Мероприятие',1,1,NULL);
INSERT INTO "operation" VALUES(12,'2026-11-23 09:12:00.000000',1,'Встреча назначена: Знакомство, 20.11.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(13,'2026-11-23 09:13:00.000000',1,'Встреча назначена: Пробная рабочая, 27.11.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(14,'2026-11-23 09:14:00.000000',1,'Встреча назначена: Планирование, 04.12.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(15,'2026-11-23 09:15:00.000000',1,'Встреча назначена: Регулярная, 11.12.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(16,'2026-11-23 09:16:00.000000',1,'Встреча состоялась: Знакомство, 23.11.2026, 40 мин, были: Соколова А. В., Лукин Б. А.',1,NULL,NULL);
INSERT INTO "operation" VALUES(17,'2026-11-23 09:16:00.000000',1,'Встреча назначена: Пробная рабочая, 18.12.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(18,'2026-11-23 09:17:00.000000',1,'Встреча перенесена: Пробная рабочая, 30.11.2026',1,NULL,NULL);
INSERT INTO "operation" VALUES(19,'2026-11-23 09:18:00.000000',1,'Встреча не состоялась: Планирование, 04.12.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(20,'2026-11-23 09:19:00.000000',1,'Встреча убрана: Регулярная, 11.12.2026, 15:20',1,NULL,NULL);
INSERT INTO "operation" VALUES(21,'2026-11-23 09:20:00.000000',3,'Человек записан',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(22,'2026-11-23 09:21:00.000000',3,'Согласие записано',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(23,'2026-11-23 09:22:00.000000',3,'Карточка убрана в архив',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(24,'2026-11-23 09:23:00.000000',3,'Запись в базу «Наставники»',NULL,NULL,NULL);
INSERT INTO "operation" VALUES(25,'2026-11-23 09:24:00.000000',3,'Состояние пары: на паузе',2,NULL,NULL);
CREATE TABLE pair (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	year INTEGER NOT NULL, 
	form_id VARCHAR NOT NULL, 
	form_version_id INTEGER NOT NULL, 
	subtype VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	state_reason VARCHAR NOT NULL, 
	order_number VARCHAR NOT NULL, 
	order_on DATE, 
	archived_at DATETIME, 
	CONSTRAINT fk_pair_form_id_mentoring_form FOREIGN KEY(form_id) REFERENCES mentoring_form (id), 
	CONSTRAINT fk_pair_form_version_id_form_version FOREIGN KEY(form_version_id) REFERENCES form_version (id)
);
INSERT INTO "pair" VALUES(1,2026,'teacher-teacher',1,'','','2026-09-07','2027-05-31','active','','',NULL,NULL);
INSERT INTO "pair" VALUES(2,2026,'teacher-teacher',1,'','','2026-09-07','2027-05-31','paused','болезнь','',NULL,NULL);
INSERT INTO "pair" VALUES(3,2026,'pupils-test',2,'','','2026-09-07','2027-05-31','active','','',NULL,NULL);
CREATE TABLE participant (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pair_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	side VARCHAR(20) NOT NULL, 
	since DATE NOT NULL, 
	until DATE, 
	CONSTRAINT fk_participant_pair_id_pair FOREIGN KEY(pair_id) REFERENCES pair (id), 
	CONSTRAINT fk_participant_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "participant" VALUES(1,1,1,'mentor','2026-09-07',NULL);
INSERT INTO "participant" VALUES(2,1,2,'mentee','2026-09-07',NULL);
INSERT INTO "participant" VALUES(3,2,4,'mentor','2026-09-07',NULL);
INSERT INTO "participant" VALUES(4,2,5,'mentee','2026-09-07',NULL);
INSERT INTO "participant" VALUES(5,3,10,'mentor','2026-09-07',NULL);
INSERT INTO "participant" VALUES(6,3,11,'mentee','2026-09-07',NULL);
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	last_name VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	patronymic VARCHAR, 
	sex VARCHAR NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	birth_date DATE, 
	birth_year INTEGER, 
	phone VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	archived_at DATETIME, 
	search_key VARCHAR NOT NULL
);
INSERT INTO "person" VALUES(1,'Соколова','Анна','Викторовна','f','teacher',NULL,1985,'','',NULL,'соколова анна викторовна');
INSERT INTO "person" VALUES(2,'Лукин','Борис','Андреевич','m','teacher',NULL,1985,'','',NULL,'лукин борис андреевич');
INSERT INTO "person" VALUES(3,'Громова','Вера','Павловна','f','teacher',NULL,1985,'','',NULL,'громова вера павловна');
INSERT INTO "person" VALUES(4,'Ершов','Глеб','Константинович','m','teacher',NULL,1985,'','',NULL,'ершов глеб константинович');
INSERT INTO "person" VALUES(5,'Уваров','Егор',NULL,'m','teacher',NULL,1985,'','',NULL,'уваров егор');
INSERT INTO "person" VALUES(6,'Мельник','Дина','Олеговна','f','staff',NULL,1985,'','',NULL,'мельник дина олеговна');
INSERT INTO "person" VALUES(7,'Власова','Инна','Кирилловна','f','staff',NULL,1985,'','',NULL,'власова инна кирилловна');
INSERT INTO "person" VALUES(8,'Фролова','Полина','Дмитриевна','f','staff',NULL,1985,'','',NULL,'фролова полина дмитриевна');
INSERT INTO "person" VALUES(9,'Бойко','Клара','Степановна','f','teacher',NULL,1985,'','',NULL,'бойко клара степановна');
INSERT INTO "person" VALUES(10,'Ёлкина','Зоя','Игоревна','f','pupil',NULL,2011,'','',NULL,'елкина зоя игоревна');
INSERT INTO "person" VALUES(11,'Ибрагимов','Тимур','Рустамович','m','pupil',NULL,2011,'','',NULL,'ибрагимов тимур рустамович');
INSERT INTO "person" VALUES(12,'Носов','Виктор','Львович','m','teacher',NULL,1985,'','',NULL,'носов виктор львович');
INSERT INTO "person" VALUES(13,'Орлова','Нина','Ильинична','f','teacher',NULL,NULL,'','','2026-11-23 09:22:00.000000','орлова нина ильинична');
CREATE TABLE "plan" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pair_id INTEGER NOT NULL, 
	owner VARCHAR NOT NULL, 
	participant_id INTEGER, 
	form_version_id INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	agreed_on DATE, 
	agreed_by_id INTEGER, 
	agreed_on_paper BOOLEAN NOT NULL, 
	approved_on DATE, 
	approved_by_id INTEGER, 
	approved_on_paper BOOLEAN NOT NULL, 
	approved_up_to INTEGER NOT NULL, 
	state_before_closing VARCHAR NOT NULL, 
	CONSTRAINT uq_plan_pair_id_owner_participant_id UNIQUE (pair_id, owner, participant_id), 
	CONSTRAINT fk_plan_pair_id_pair FOREIGN KEY(pair_id) REFERENCES pair (id), 
	CONSTRAINT fk_plan_participant_id_participant FOREIGN KEY(participant_id) REFERENCES participant (id), 
	CONSTRAINT fk_plan_form_version_id_form_version FOREIGN KEY(form_version_id) REFERENCES form_version (id), 
	CONSTRAINT fk_plan_agreed_by_id_person FOREIGN KEY(agreed_by_id) REFERENCES person (id), 
	CONSTRAINT fk_plan_approved_by_id_person FOREIGN KEY(approved_by_id) REFERENCES person (id)
);
INSERT INTO "plan" VALUES(1,1,'pair',NULL,1,'approved','2026-11-23',2,0,'2026-11-23',3,0,9,'');
INSERT INTO "plan" VALUES(2,1,'mentor',NULL,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(3,1,'mentee',2,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(4,1,'curator',NULL,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(5,2,'pair',NULL,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(6,2,'mentor',NULL,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(7,2,'mentee',4,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(8,2,'curator',NULL,1,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(9,3,'pair',NULL,2,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(10,3,'mentor',NULL,2,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(11,3,'mentee',6,2,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
INSERT INTO "plan" VALUES(12,3,'curator',NULL,2,'draft',NULL,NULL,0,NULL,NULL,0,0,'');
CREATE TABLE plan_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	plan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	section VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	due_from DATE, 
	due_to DATE, 
	due_text VARCHAR NOT NULL, 
	report_due DATE, 
	report_text VARCHAR NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	note VARCHAR NOT NULL, 
	done_on DATE, 
	cells JSON NOT NULL, 
	edited_after_approval BOOLEAN NOT NULL, 
	template_row INTEGER, 
	due_by_rule BOOLEAN NOT NULL, 
	report_by_rule BOOLEAN NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT fk_plan_item_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);
INSERT INTO "plan_item" VALUES(1,1,1,'','Показать журнал; «кавычки», '' и ; в строке','2026-09-14','2026-09-14','14.09.2026','2026-09-19','19.09.2026','planned','',NULL,'{"goal": "Понять, с чем помощь нужна в первую очередь", "result": "Составлен чек-лист дефицитов, у каждого отмечен уровень", "report": "Чек-лист дефицитов"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(2,1,2,'','Ранжирование дефицитов: с чего начать, что отложить','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Договориться о порядке работы, с которым согласны оба", "result": "У каждого дефицита в чек-листе есть номер очереди", "report": "Уточнённый чек-лист"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(3,1,4,'','Составление планов работы наставника, наставляемого и куратора','2026-09-28','2026-09-28','28.09.2026','2026-09-30','30.09.2026','planned','',NULL,'{"goal": "Решить, кто, что и к какому сроку делает", "result": "Три плана сверены между собой и готовы к утверждению", "report": "Планы работы участников"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(4,1,3,'','Работа по планам: встречи, посещения уроков, практикумы','2026-09-01','2027-05-31','в течение года','2027-05-10','10.05.2027','planned','',NULL,'{"goal": "Устранить дефициты из чек-листа", "result": "Наставляемый применяет освоенное на своих уроках, есть собственные разработки", "report": "Методическая разработка"}',0,3,1,1,'2026-11-23 09:08:00.000000');
INSERT INTO "plan_item" VALUES(5,1,5,'','После утверждения переписано','2027-01-01','2027-01-31','январь','2027-01-31','до 31.01.2027','planned','',NULL,'{"goal": "Увидеть, помогает ли работа, и вовремя поправить планы", "result": "Известно, какие дефициты устранены, поправки внесены в планы", "report": "Протокол опроса"}',1,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(6,1,6,'','Итоговый контроль: сравнение чек-листа в начале и в конце, опрос участников','2027-05-10','2027-05-10','10.05.2027','2027-05-17','17.05.2027','planned','',NULL,'{"goal": "Оценить, чего достигла пара, и решить, нужна ли работа дальше", "result": "По каждому дефициту записан уровень «до» и «после», решение о завершении или продолжении принято", "report": "Протокол опроса"}',0,5,1,1,NULL);
INSERT INTO "plan_item" VALUES(7,2,1,'','Подбор материалов для диагностики: вопросы беседы, лист самооценки, лист посещения урока','2026-09-11','2026-09-11','11.09.2026','2026-09-12','12.09.2026','planned','',NULL,'{"goal": "Подготовиться к диагностике", "result": "Собраны три-четыре методики, понятные обоим", "report": "Папка методик"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(8,2,2,'','Проведение диагностики: беседа, самооценка наставляемого, посещение двух уроков','2026-09-14','2026-09-14','14.09.2026','2026-09-15','15.09.2026','planned','',NULL,'{"goal": "Собрать сведения о сильных сторонах и дефицитах", "result": "Заполнены лист самооценки и листы посещения уроков", "report": "Протокол диагностики"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(9,2,3,'','Обработка результатов диагностики','2026-09-17','2026-09-17','17.09.2026','2026-09-19','19.09.2026','planned','',NULL,'{"goal": "Отделить главное от случайного и назвать дефициты", "result": "Перечень дефицитов с уровнем каждого", "report": "Проект чек-листа дефицитов"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(10,2,4,'','Согласование с наставляемым очерёдности дефицитов','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, согласный с мнением обоих", "report": "Чек-лист дефицитов"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(11,2,5,'','Практикум по дефициту № 1: показ приёма, совместная подготовка, урок наставляемого, разбор','2026-10-07','2026-10-07','07.10.2026','2026-10-14','14.10.2026','planned','',NULL,'{"goal": "Отработать умение, которого не хватает больше всего", "result": "Наставляемый сам готовит и проводит урок с новым приёмом", "report": "Технологическая карта урока"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(12,2,6,'','Итоговый контроль: посещение и разбор открытого урока наставляемого','2027-04-01','2027-04-30','апрель','2027-04-30','до 30.04.2027','planned','',NULL,'{"goal": "Увидеть на уроке, что освоено за время работы", "result": "Урок разобран, уровень «после» отмечен в чек-листе", "report": "Открытый урок"}',0,5,1,1,NULL);
INSERT INTO "plan_item" VALUES(13,2,7,'','Отчёт о работе наставника','2027-05-17','2027-05-17','17.05.2027','2027-05-20','20.05.2027','planned','',NULL,'{"goal": "Подвести итоги плана и программы", "result": "Описано, что сделано, что помогло и что советуем другим парам", "report": "Аналитическая справка"}',0,6,1,1,NULL);
INSERT INTO "plan_item" VALUES(14,3,1,'','Три урока с разбором
и самоанализ','2026-09-14','2026-09-14','14.09.2026','2026-09-15','15.09.2026','planned','Начали с 9 «А»',NULL,'{"goal": "Увидеть свои сильные стороны и дефициты", "result": "Перечень умений, над которыми предстоит работать", "report": "Протокол диагностики"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(15,3,2,'','Согласование с наставником очерёдности дефицитов','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, понятный и посильный", "report": "Чек-лист дефицитов"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(16,3,3,'','Практикум по дефициту № 1: урок с новым приёмом и собственный материал к нему','2026-10-07','2026-10-07','07.10.2026','2026-10-14','14.10.2026','planned','',NULL,'{"goal": "Освоить умение и применить его на своём уроке", "result": "Урок проведён и разобран, материал готов к повторному использованию", "report": "Электронный образовательный ресурс"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(17,3,4,'','Итоговый контроль: открытый урок для коллег','2027-04-01','2027-04-30','апрель','2027-04-30','до 30.04.2027','planned','',NULL,'{"goal": "Показать, что освоено за время работы с наставником", "result": "Урок проведён, самоанализ обсуждён с наставником", "report": "Открытый урок"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(18,3,5,'','Отчёт о выполнении плана наставляемого','2027-05-17','2027-05-17','17.05.2027','2027-05-20','20.05.2027','planned','',NULL,'{"goal": "Подвести итоги плана и наметить следующие шаги", "result": "Описано, чему удалось научиться, приложены собственные разработки", "report": "Аналитическая справка"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(19,4,1,'','Консультация наставника у методиста или психолога о выборе диагностики (если нужна)','2026-09-10','2026-09-10','10.09.2026','2026-09-12','12.09.2026','planned','',NULL,'{"goal": "Помочь подобрать надёжные и посильные методики", "result": "Вопросы наставника решены, методики выбраны", "report": "Пакет диагностических материалов"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(20,4,2,'','Утверждение чек-листа дефицитов наставляемого','2026-09-25','2026-09-25','25.09.2026','2026-09-25','25.09.2026','planned','',NULL,'{"goal": "Убедиться, что перечень обоснован и посилен на срок работы пары", "result": "Чек-лист утверждён, по нему составлены планы", "report": "Утверждённый чек-лист"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(21,4,3,'','Промежуточный контроль: опрос участников, просмотр планов и встреч','2027-01-01','2027-01-31','январь','2027-01-31','до 31.01.2027','planned','',NULL,'{"goal": "Проверить, как выполняется программа и нужна ли паре помощь", "result": "Первые данные собраны, предложения переданы паре", "report": "Протокол опроса"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(22,4,4,'','Итоговый контроль: опрос участников, сверка чек-листа и планов','2027-05-10','2027-05-10','10.05.2027','2027-05-17','17.05.2027','planned','',NULL,'{"goal": "Установить, выполнена ли программа", "result": "Программа завершена, удовлетворённость обеих сторон известна", "report": "Протокол опроса"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(23,4,5,'','Утверждение отчётов наставника и наставляемого','2027-05-24','2027-05-24','24.05.2027','2027-05-31','31.05.2027','planned','',NULL,'{"goal": "Подвести итоги работы пары", "result": "Отчёты приняты, выводы учтены в программе следующего года", "report": "Аналитическая справка"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(24,5,1,'','Диагностика профессиональных дефицитов наставляемого: беседа, самооценка, посещение урока','2026-09-14','2026-09-14','14.09.2026','2026-09-19','19.09.2026','planned','',NULL,'{"goal": "Понять, с чем помощь нужна в первую очередь", "result": "Составлен чек-лист дефицитов, у каждого отмечен уровень", "report": "Чек-лист дефицитов"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(25,5,2,'','Ранжирование дефицитов: с чего начать, что отложить','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Договориться о порядке работы, с которым согласны оба", "result": "У каждого дефицита в чек-листе есть номер очереди", "report": "Уточнённый чек-лист"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(26,5,3,'','Составление планов работы наставника, наставляемого и куратора','2026-09-28','2026-09-28','28.09.2026','2026-09-30','30.09.2026','planned','',NULL,'{"goal": "Решить, кто, что и к какому сроку делает", "result": "Три плана сверены между собой и готовы к утверждению", "report": "Планы работы участников"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(27,5,4,'','Работа по планам: встречи, посещения уроков, практикумы','2026-09-01','2027-05-31','в течение года','2027-05-10','10.05.2027','planned','',NULL,'{"goal": "Устранить дефициты из чек-листа", "result": "Наставляемый применяет освоенное на своих уроках, есть собственные разработки", "report": "Методическая разработка"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(28,5,5,'','Промежуточный контроль: опрос участников, сверка чек-листа','2027-01-01','2027-01-31','январь','2027-01-31','до 31.01.2027','planned','',NULL,'{"goal": "Увидеть, помогает ли работа, и вовремя поправить планы", "result": "Известно, какие дефициты устранены, поправки внесены в планы", "report": "Протокол опроса"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(29,5,6,'','Итоговый контроль: сравнение чек-листа в начале и в конце, опрос участников','2027-05-10','2027-05-10','10.05.2027','2027-05-17','17.05.2027','planned','',NULL,'{"goal": "Оценить, чего достигла пара, и решить, нужна ли работа дальше", "result": "По каждому дефициту записан уровень «до» и «после», решение о завершении или продолжении принято", "report": "Протокол опроса"}',0,5,1,1,NULL);
INSERT INTO "plan_item" VALUES(30,6,1,'','Подбор материалов для диагностики: вопросы беседы, лист самооценки, лист посещения урока','2026-09-11','2026-09-11','11.09.2026','2026-09-12','12.09.2026','planned','',NULL,'{"goal": "Подготовиться к диагностике", "result": "Собраны три-четыре методики, понятные обоим", "report": "Папка методик"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(31,6,2,'','Проведение диагностики: беседа, самооценка наставляемого, посещение двух уроков','2026-09-14','2026-09-14','14.09.2026','2026-09-15','15.09.2026','planned','',NULL,'{"goal": "Собрать сведения о сильных сторонах и дефицитах", "result": "Заполнены лист самооценки и листы посещения уроков", "report": "Протокол диагностики"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(32,6,3,'','Обработка результатов диагностики','2026-09-17','2026-09-17','17.09.2026','2026-09-19','19.09.2026','planned','',NULL,'{"goal": "Отделить главное от случайного и назвать дефициты", "result": "Перечень дефицитов с уровнем каждого", "report": "Проект чек-листа дефицитов"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(33,6,4,'','Согласование с наставляемым очерёдности дефицитов','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, согласный с мнением обоих", "report": "Чек-лист дефицитов"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(34,6,5,'','Практикум по дефициту № 1: показ приёма, совместная подготовка, урок наставляемого, разбор','2026-10-07','2026-10-07','07.10.2026','2026-10-14','14.10.2026','planned','',NULL,'{"goal": "Отработать умение, которого не хватает больше всего", "result": "Наставляемый сам готовит и проводит урок с новым приёмом", "report": "Технологическая карта урока"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(35,6,6,'','Итоговый контроль: посещение и разбор открытого урока наставляемого','2027-04-01','2027-04-30','апрель','2027-04-30','до 30.04.2027','planned','',NULL,'{"goal": "Увидеть на уроке, что освоено за время работы", "result": "Урок разобран, уровень «после» отмечен в чек-листе", "report": "Открытый урок"}',0,5,1,1,NULL);
INSERT INTO "plan_item" VALUES(36,6,7,'','Отчёт о работе наставника','2027-05-17','2027-05-17','17.05.2027','2027-05-20','20.05.2027','planned','',NULL,'{"goal": "Подвести итоги плана и программы", "result": "Описано, что сделано, что помогло и что советуем другим парам", "report": "Аналитическая справка"}',0,6,1,1,NULL);
INSERT INTO "plan_item" VALUES(37,7,1,'','Участие в диагностике: самооценка, беседа, свой урок для посещения','2026-09-14','2026-09-14','14.09.2026','2026-09-15','15.09.2026','planned','',NULL,'{"goal": "Увидеть свои сильные стороны и дефициты", "result": "Перечень умений, над которыми предстоит работать", "report": "Протокол диагностики"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(38,7,2,'','Согласование с наставником очерёдности дефицитов','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, понятный и посильный", "report": "Чек-лист дефицитов"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(39,7,3,'','Практикум по дефициту № 1: урок с новым приёмом и собственный материал к нему','2026-10-07','2026-10-07','07.10.2026','2026-10-14','14.10.2026','planned','',NULL,'{"goal": "Освоить умение и применить его на своём уроке", "result": "Урок проведён и разобран, материал готов к повторному использованию", "report": "Электронный образовательный ресурс"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(40,7,4,'','Итоговый контроль: открытый урок для коллег','2027-04-01','2027-04-30','апрель','2027-04-30','до 30.04.2027','planned','',NULL,'{"goal": "Показать, что освоено за время работы с наставником", "result": "Урок проведён, самоанализ обсуждён с наставником", "report": "Открытый урок"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(41,7,5,'','Отчёт о выполнении плана наставляемого','2027-05-17','2027-05-17','17.05.2027','2027-05-20','20.05.2027','planned','',NULL,'{"goal": "Подвести итоги плана и наметить следующие шаги", "result": "Описано, чему удалось научиться, приложены собственные разработки", "report": "Аналитическая справка"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(42,8,1,'','Консультация наставника у методиста или психолога о выборе диагностики (если нужна)','2026-09-10','2026-09-10','10.09.2026','2026-09-12','12.09.2026','planned','',NULL,'{"goal": "Помочь подобрать надёжные и посильные методики", "result": "Вопросы наставника решены, методики выбраны", "report": "Пакет диагностических материалов"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(43,8,2,'','Утверждение чек-листа дефицитов наставляемого','2026-09-25','2026-09-25','25.09.2026','2026-09-25','25.09.2026','planned','',NULL,'{"goal": "Убедиться, что перечень обоснован и посилен на срок работы пары", "result": "Чек-лист утверждён, по нему составлены планы", "report": "Утверждённый чек-лист"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(44,8,3,'','Промежуточный контроль: опрос участников, просмотр планов и встреч','2027-01-01','2027-01-31','январь','2027-01-31','до 31.01.2027','planned','',NULL,'{"goal": "Проверить, как выполняется программа и нужна ли паре помощь", "result": "Первые данные собраны, предложения переданы паре", "report": "Протокол опроса"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(45,8,4,'','Итоговый контроль: опрос участников, сверка чек-листа и планов','2027-05-10','2027-05-10','10.05.2027','2027-05-17','17.05.2027','planned','',NULL,'{"goal": "Установить, выполнена ли программа", "result": "Программа завершена, удовлетворённость обеих сторон известна", "report": "Протокол опроса"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(46,8,5,'','Утверждение отчётов наставника и наставляемого','2027-05-24','2027-05-24','24.05.2027','2027-05-31','31.05.2027','planned','',NULL,'{"goal": "Подвести итоги работы пары", "result": "Отчёты приняты, выводы учтены в программе следующего года", "report": "Аналитическая справка"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(47,9,1,'','Диагностика профессиональных дефицитов наставляемого: беседа, самооценка, посещение урока','2026-09-14','2026-09-14','14.09.2026','2026-09-19','19.09.2026','planned','',NULL,'{"goal": "Понять, с чем помощь нужна в первую очередь", "result": "Составлен чек-лист дефицитов, у каждого отмечен уровень", "report": "Чек-лист дефицитов"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(48,9,2,'','Ранжирование дефицитов: с чего начать, что отложить','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Договориться о порядке работы, с которым согласны оба", "result": "У каждого дефицита в чек-листе есть номер очереди", "report": "Уточнённый чек-лист"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(49,9,3,'','Составление планов работы наставника, наставляемого и куратора','2026-09-28','2026-09-28','28.09.2026','2026-09-30','30.09.2026','planned','',NULL,'{"goal": "Решить, кто, что и к какому сроку делает", "result": "Три плана сверены между собой и готовы к утверждению", "report": "Планы работы участников"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(50,9,4,'','Работа по планам: встречи, посещения уроков, практикумы','2026-09-01','2027-05-31','в течение года','2027-05-10','10.05.2027','planned','',NULL,'{"goal": "Устранить дефициты из чек-листа", "result": "Наставляемый применяет освоенное на своих уроках, есть собственные разработки", "report": "Методическая разработка"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(51,9,5,'','Промежуточный контроль: опрос участников, сверка чек-листа','2027-01-01','2027-01-31','январь','2027-01-31','до 31.01.2027','planned','',NULL,'{"goal": "Увидеть, помогает ли работа, и вовремя поправить планы", "result": "Известно, какие дефициты устранены, поправки внесены в планы", "report": "Протокол опроса"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(52,9,6,'','Итоговый контроль: сравнение чек-листа в начале и в конце, опрос участников','2027-05-10','2027-05-10','10.05.2027','2027-05-17','17.05.2027','planned','',NULL,'{"goal": "Оценить, чего достигла пара, и решить, нужна ли работа дальше", "result": "По каждому дефициту записан уровень «до» и «после», решение о завершении или продолжении принято", "report": "Протокол опроса"}',0,5,1,1,NULL);
INSERT INTO "plan_item" VALUES(53,10,1,'','Подбор материалов для диагностики: вопросы беседы, лист самооценки, лист посещения урока','2026-09-11','2026-09-11','11.09.2026','2026-09-12','12.09.2026','planned','',NULL,'{"goal": "Подготовиться к диагностике", "result": "Собраны три-четыре методики, понятные обоим", "report": "Папка методик"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(54,10,2,'','Проведение диагностики: беседа, самооценка наставляемого, посещение двух уроков','2026-09-14','2026-09-14','14.09.2026','2026-09-15','15.09.2026','planned','',NULL,'{"goal": "Собрать сведения о сильных сторонах и дефицитах", "result": "Заполнены лист самооценки и листы посещения уроков", "report": "Протокол диагностики"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(55,10,3,'','Обработка результатов диагностики','2026-09-17','2026-09-17','17.09.2026','2026-09-19','19.09.2026','planned','',NULL,'{"goal": "Отделить главное от случайного и назвать дефициты", "result": "Перечень дефицитов с уровнем каждого", "report": "Проект чек-листа дефицитов"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(56,10,4,'','Согласование с наставляемым очерёдности дефицитов','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, согласный с мнением обоих", "report": "Чек-лист дефицитов"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(57,10,5,'','Практикум по дефициту № 1: показ приёма, совместная подготовка, урок наставляемого, разбор','2026-10-07','2026-10-07','07.10.2026','2026-10-14','14.10.2026','planned','',NULL,'{"goal": "Отработать умение, которого не хватает больше всего", "result": "Наставляемый сам готовит и проводит урок с новым приёмом", "report": "Технологическая карта урока"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(58,10,6,'','Итоговый контроль: посещение и разбор открытого урока наставляемого','2027-04-01','2027-04-30','апрель','2027-04-30','до 30.04.2027','planned','',NULL,'{"goal": "Увидеть на уроке, что освоено за время работы", "result": "Урок разобран, уровень «после» отмечен в чек-листе", "report": "Открытый урок"}',0,5,1,1,NULL);
INSERT INTO "plan_item" VALUES(59,10,7,'','Отчёт о работе наставника','2027-05-17','2027-05-17','17.05.2027','2027-05-20','20.05.2027','planned','',NULL,'{"goal": "Подвести итоги плана и программы", "result": "Описано, что сделано, что помогло и что советуем другим парам", "report": "Аналитическая справка"}',0,6,1,1,NULL);
INSERT INTO "plan_item" VALUES(60,11,1,'','Участие в диагностике: самооценка, беседа, свой урок для посещения','2026-09-14','2026-09-14','14.09.2026','2026-09-15','15.09.2026','planned','',NULL,'{"goal": "Увидеть свои сильные стороны и дефициты", "result": "Перечень умений, над которыми предстоит работать", "report": "Протокол диагностики"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(61,11,2,'','Согласование с наставником очерёдности дефицитов','2026-09-21','2026-09-21','21.09.2026','2026-09-23','23.09.2026','planned','',NULL,'{"goal": "Решить вместе, что осваивать раньше", "result": "Чек-лист с номерами очереди, понятный и посильный", "report": "Чек-лист дефицитов"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(62,11,3,'','Практикум по дефициту № 1: урок с новым приёмом и собственный материал к нему','2026-10-07','2026-10-07','07.10.2026','2026-10-14','14.10.2026','planned','',NULL,'{"goal": "Освоить умение и применить его на своём уроке", "result": "Урок проведён и разобран, материал готов к повторному использованию", "report": "Электронный образовательный ресурс"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(63,11,4,'','Итоговый контроль: открытый урок для коллег','2027-04-01','2027-04-30','апрель','2027-04-30','до 30.04.2027','planned','',NULL,'{"goal": "Показать, что освоено за время работы с наставником", "result": "Урок проведён, самоанализ обсуждён с наставником", "report": "Открытый урок"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(64,11,5,'','Отчёт о выполнении плана наставляемого','2027-05-17','2027-05-17','17.05.2027','2027-05-20','20.05.2027','planned','',NULL,'{"goal": "Подвести итоги плана и наметить следующие шаги", "result": "Описано, чему удалось научиться, приложены собственные разработки", "report": "Аналитическая справка"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(65,12,1,'','Консультация наставника у методиста или психолога о выборе диагностики (если нужна)','2026-09-10','2026-09-10','10.09.2026','2026-09-12','12.09.2026','planned','',NULL,'{"goal": "Помочь подобрать надёжные и посильные методики", "result": "Вопросы наставника решены, методики выбраны", "report": "Пакет диагностических материалов"}',0,0,1,1,NULL);
INSERT INTO "plan_item" VALUES(66,12,2,'','Утверждение чек-листа дефицитов наставляемого','2026-09-25','2026-09-25','25.09.2026','2026-09-25','25.09.2026','planned','',NULL,'{"goal": "Убедиться, что перечень обоснован и посилен на срок работы пары", "result": "Чек-лист утверждён, по нему составлены планы", "report": "Утверждённый чек-лист"}',0,1,1,1,NULL);
INSERT INTO "plan_item" VALUES(67,12,3,'','Промежуточный контроль: опрос участников, просмотр планов и встреч','2027-01-01','2027-01-31','январь','2027-01-31','до 31.01.2027','planned','',NULL,'{"goal": "Проверить, как выполняется программа и нужна ли паре помощь", "result": "Первые данные собраны, предложения переданы паре", "report": "Протокол опроса"}',0,2,1,1,NULL);
INSERT INTO "plan_item" VALUES(68,12,4,'','Итоговый контроль: опрос участников, сверка чек-листа и планов','2027-05-10','2027-05-10','10.05.2027','2027-05-17','17.05.2027','planned','',NULL,'{"goal": "Установить, выполнена ли программа", "result": "Программа завершена, удовлетворённость обеих сторон известна", "report": "Протокол опроса"}',0,3,1,1,NULL);
INSERT INTO "plan_item" VALUES(69,12,5,'','Утверждение отчётов наставника и наставляемого','2027-05-24','2027-05-24','24.05.2027','2027-05-31','31.05.2027','planned','',NULL,'{"goal": "Подвести итоги работы пары", "result": "Отчёты приняты, выводы учтены в программе следующего года", "report": "Аналитическая справка"}',0,4,1,1,NULL);
INSERT INTO "plan_item" VALUES(70,1,7,'','Открытый урок',NULL,NULL,'',NULL,'','planned','',NULL,'{"goal": "", "result": "", "report": ""}',0,NULL,0,0,NULL);
CREATE TABLE role (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	form_id VARCHAR, 
	class_id INTEGER, 
	since DATE NOT NULL, 
	until DATE, 
	CONSTRAINT fk_role_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_role_form_id_mentoring_form FOREIGN KEY(form_id) REFERENCES mentoring_form (id), 
	CONSTRAINT fk_role_class_id_school_class FOREIGN KEY(class_id) REFERENCES school_class (id)
);
INSERT INTO "role" VALUES(1,3,'curator',NULL,NULL,'2020-09-01',NULL);
INSERT INTO "role" VALUES(2,6,'administrator',NULL,NULL,'2020-09-01',NULL);
INSERT INTO "role" VALUES(3,7,'director',NULL,NULL,'2020-09-01',NULL);
INSERT INTO "role" VALUES(4,8,'psychologist',NULL,NULL,'2020-09-01',NULL);
INSERT INTO "role" VALUES(5,9,'class_teacher',NULL,1,'2020-09-01',NULL);
INSERT INTO "role" VALUES(6,12,'curator','pupils-test',NULL,'2020-09-01',NULL);
CREATE TABLE school (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	full_name VARCHAR NOT NULL, 
	short_name VARCHAR NOT NULL, 
	town VARCHAR NOT NULL, 
	director VARCHAR NOT NULL, 
	director_post VARCHAR NOT NULL, 
	contact VARCHAR NOT NULL, 
	mentee_words JSON NOT NULL
);
INSERT INTO "school" VALUES(1,'МБОУ «Школа № 14»','Школа № 14','Верхнеречье','И. К. Власова','Директор','Громова В. П., каб. 24','{"nominative": "наставляемый", "genitive": "наставляемого", "dative": "наставляемому", "plural": "наставляемые"}');
CREATE TABLE school_class (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	year INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	CONSTRAINT uq_school_class_year_title UNIQUE (year, title)
);
INSERT INTO "school_class" VALUES(1,2026,'9 «А»');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('form_version',2);
INSERT INTO "sqlite_sequence" VALUES('school',1);
INSERT INTO "sqlite_sequence" VALUES('school_class',1);
INSERT INTO "sqlite_sequence" VALUES('person',13);
INSERT INTO "sqlite_sequence" VALUES('consent',13);
INSERT INTO "sqlite_sequence" VALUES('enrolment',12);
INSERT INTO "sqlite_sequence" VALUES('account',12);
INSERT INTO "sqlite_sequence" VALUES('role',6);
INSERT INTO "sqlite_sequence" VALUES('base_entry',7);
INSERT INTO "sqlite_sequence" VALUES('pair',3);
INSERT INTO "sqlite_sequence" VALUES('participant',6);
INSERT INTO "sqlite_sequence" VALUES('plan',12);
INSERT INTO "sqlite_sequence" VALUES('plan_item',70);
INSERT INTO "sqlite_sequence" VALUES('operation',25);
INSERT INTO "sqlite_sequence" VALUES('change',48);
INSERT INTO "sqlite_sequence" VALUES('meeting',5);
INSERT INTO "sqlite_sequence" VALUES('attendance',2);
CREATE INDEX ix_base_entry_person_id ON base_entry (person_id);
CREATE INDEX ix_base_entry_year_side ON base_entry (year, side);
CREATE INDEX ix_change_operation_id ON change (operation_id);
CREATE INDEX ix_change_table_name_row_id ON change (table_name, row_id);
CREATE INDEX ix_consent_person_id ON consent (person_id);
CREATE INDEX ix_enrolment_class_id ON enrolment (class_id);
CREATE INDEX ix_login_session_account_id ON login_session (account_id);
CREATE INDEX ix_operation_pair_id_id ON operation (pair_id, id);
CREATE INDEX ix_pair_form_id ON pair (form_id);
CREATE INDEX ix_pair_year_state ON pair (year, state);
CREATE INDEX ix_participant_pair_id ON participant (pair_id);
CREATE INDEX ix_participant_person_id_side ON participant (person_id, side);
CREATE INDEX ix_person_search_key ON person (search_key);
CREATE INDEX ix_plan_item_plan_id_position ON plan_item (plan_id, position);
CREATE INDEX ix_role_person_id ON role (person_id);
COMMIT;
