test('x', () => { expect(process.env['TEST_DATABASE_URL']).toMatch(/^postgres/); });
